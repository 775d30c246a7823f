/** From the bottom to the top: a file may import its own layer and those above it in this list. */
const layers = [
  "versions.ts",
  "lake",
  "command-line",
  "profiles",
  "toolchain",
  "jobs",
  "smoke",
  "console",
  "stacks",
  "main.ts",
  "deploy",
  "images",
  "local",
  "testbed",
  "bench",
  "examples",
  "test",
  "commands",
];

const within = (names) => `^(${names.map((name) => name.replace(".", "\\.")).join("|")})(/|$)`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment:
        "Files that need each other in a circle can't be read one by one: move what they share to a file of its own.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...layers.slice(0, -1).map((layer, index) => ({
      name: `no-arrow-up-from-${layer}`,
      comment: "Data flows one way: move what is needed down, or have it given.",
      severity: "error",
      from: { path: within([layer]) },
      to: { path: within(layers.slice(index + 1)) },
    })),
    {
      name: "no-folder-without-a-layer",
      comment: "Give the folder its place in `layers`.",
      severity: "error",
      from: { path: "^[^/]+/", pathNot: within(layers) },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules|cdktf\\.out|\\.lake" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
