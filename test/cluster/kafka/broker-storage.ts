/** Of the broker's claim: a node of no cloud makes no volumes by itself. */
export const brokerStorageClass = "lake-node";
