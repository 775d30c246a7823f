export * from "./bronze";
export * from "./journal";
export * from "./failure";
export * from "./gold";
export * from "./held";
export * from "./read-held";
export * from "./serve";
export * from "./silver";
