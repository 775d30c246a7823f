import { planOf, stackOf, valuesOf } from "../../fixtures/planned";

const values = (changes = "") => valuesOf(stackOf(planOf("kind", changes), "operators"), "strimzi");

test("the pods that it makes get the security context that the namespace's level asks for", () => {
  expect(values()["extraEnvs"]).toEqual([
    { name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" },
  ]);
});

test("names that it gives to brokers end in the cluster's domain", () => {
  expect(values()["kubernetesServiceDnsDomain"]).toBe("cluster.local");
  expect(values("cluster.domain=paris.example")["kubernetesServiceDnsDomain"]).toBe("paris.example");
});

test("it and its pods are given every Secret for the registry", () => {
  expect(values()).not.toHaveProperty("image");
  expect(values('images.pullSecrets=["one","two"]')["image"]).toEqual({
    imagePullSecrets: [{ name: "one" }, { name: "two" }],
  });
});

test("it has minutes to start and to answer: a node was seen to be so busy that its chart ended it again and again", () => {
  // The chart's template has no other field of the probe; after three failures the container is killed.
  expect(values()["livenessProbe"]).toEqual({ initialDelaySeconds: 120, periodSeconds: 60 });
});
