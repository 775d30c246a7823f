export * from "./bronze";
export * from "./journal";
export * from "./refine";
export * from "./serve";
