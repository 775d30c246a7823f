import { readManifests } from "../../../deploy/render/read-manifests";

const places = (text: string) =>
  readManifests(text, "lake").map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name]);

test("objects get the release's namespace where they name none, and those of the whole cluster get none", () => {
  const text = `
# Source: a chart
kind: ConfigMap
metadata: { name: here }
---
kind: RoleBinding
metadata: { name: elsewhere, namespace: operators }
---
kind: ClusterRole
metadata: { name: everywhere }
---
kind: ClusterRoleBinding
metadata: { name: everywhere, namespace: operators }
---
# a template that came to nothing
`;
  expect(places(text)).toEqual([
    ["ConfigMap", "lake", "here"],
    ["RoleBinding", "operators", "elsewhere"],
    ["ClusterRole", undefined, "everywhere"],
    ["ClusterRoleBinding", undefined, "everywhere"],
  ]);
});

test("a release without objects has none", () => {
  expect(places("")).toEqual([]);
});

test("what is no YAML is refused", () => {
  expect(() => places("kind: [")).toThrow();
});
