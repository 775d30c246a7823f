export * from "./bronze";
export * from "./journal";
export * from "./failure";
export * from "./gold";
export * from "./serve";
export * from "./silver";
