import { kubernetesObject } from "../../../deploy/plan/kubernetes-object";
import { fromLiteral, literal } from "../../../stacks/terraform/literal";

test("names, blocks, numbers and templates become Kubernetes' own; people's words stay", () => {
  const made = kubernetesObject("kubernetes_deployment_v1", {
    "//": { metadata: {} },
    depends_on: ["x"],
    metadata: { name: "x", labels: { a_b: "c_d" } },
    spec: {
      replicas: "2",
      template: {
        spec: {
          security_context: { run_as_user: "7" },
          image_pull_secrets: [],
          container: [{ args: ["$${A}"], volume_mount: [{ mount_path: "/x" }] }],
        },
      },
    },
  });
  expect(made).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "x", labels: { a_b: "c_d" } },
    spec: {
      replicas: 2,
      template: {
        spec: {
          securityContext: { runAsUser: 7 },
          containers: [{ args: ["${A}"], volumeMounts: [{ mountPath: "/x" }] }],
        },
      },
    },
  });
});

test("an account's Secrets for the registry", () => {
  expect(
    kubernetesObject("kubernetes_service_account_v1", {
      metadata: { name: "x" },
      image_pull_secret: [{ name: "one" }, { name: "two" }],
    }),
  ).toEqual({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "x" },
    imagePullSecrets: [{ name: "one" }, { name: "two" }],
  });
});

test("a CronJob's Job and its pod are converted, too", () => {
  const template = { spec: { service_account_name: "x", container: [{ name: "x" }] } };
  const made = kubernetesObject("kubernetes_cron_job_v1", {
    metadata: { name: "x" },
    spec: { schedule: "* * * * *", job_template: { spec: { backoff_limit: 0, template } } },
  });
  expect(made).toEqual({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "x" },
    spec: {
      schedule: "* * * * *",
      jobTemplate: {
        spec: {
          backoffLimit: 0,
          template: { spec: { serviceAccountName: "x", containers: [{ name: "x" }] } },
        },
      },
    },
  });
});

test("a type that nobody has written down is refused, not guessed", () => {
  expect(() => kubernetesObject("kubernetes_endpoints_v1", {})).toThrow(
    "kubernetes_endpoints_v1: nobody has written down which Kubernetes object it is",
  );
});

test.each(["plain", "${env.POD_NAME}", "a %{if} b", "$${twice}", "50%"])(
  "Terraform leaves %s as it is",
  (text) => {
    expect(fromLiteral(literal(text))).toBe(text);
    expect(literal(text)).not.toMatch(/(^|[^$])\$\{|(^|[^%])%\{/);
  },
);
