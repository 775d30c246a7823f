/** Storage class of the broker's claim: a node outside of a cloud provisions no volumes. */
export const brokerStorageClass = "lake-node";
