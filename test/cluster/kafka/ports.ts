/** Where the broker beside the node listens. */
export const kafkaPorts = { plain: 29092, guarded: 9093, controller: 29094 } as const;
