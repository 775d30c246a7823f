export * from "./bronze";
export * from "./failure";
export * from "./gold";
export * from "./held";
export * from "./serve";
export * from "./silver";
