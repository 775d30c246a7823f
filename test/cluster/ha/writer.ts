import { readFileSync } from "node:fs";
import { join } from "node:path";
import { users } from "../../../stacks/constructs/restricted";
import type { Kubectl } from "../kubectl";

const pod = "writer";
const script = "hdfs-client.py";
const folder = "/lake/written";

/** A file whose write HDFS has acknowledged. */
export interface Acknowledged {
  readonly path: string;
  readonly sha256: string;
  readonly atSeconds: number;
}

/** A pod with Spark's HDFS client that writes files for as long as it exists. */
export class HaWriter {
  constructor(
    private readonly kubectl: Kubectl,
    private readonly namespace: string,
    private readonly image: string,
  ) {}

  async start(): Promise<void> {
    const { namespace } = this;
    const content = readFileSync(join(__dirname, script), "utf8");
    await this.kubectl.apply([
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: pod, namespace },
        data: { [script]: content },
      },
      { apiVersion: "v1", kind: "Pod", metadata: { name: pod, namespace }, spec: this.spec },
    ]);
  }

  private get spec() {
    return {
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: users.spark,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "client",
          image: this.image,
          imagePullPolicy: "IfNotPresent",
          command: ["python", `/opt/client/${script}`, "write", folder],
          env: [
            { name: "HADOOP_CONF_DIR", value: "/etc/hadoop/conf" },
            { name: "HADOOP_USER_NAME", value: "lake" },
            {
              name: "JAVA_OPTIONS",
              value: "-Xmx128m -XX:+UseSerialGC -Dsun.net.inetaddr.ttl=30 -Dlog4j2.level=WARN",
            },
          ],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          // Room for a second JVM, which reads.
          resources: { requests: { cpu: "50m", memory: "512Mi" }, limits: { memory: "1Gi" } },
          volumeMounts: [
            { name: "settings", mountPath: "/etc/hadoop/conf" },
            { name: "client", mountPath: "/opt/client" },
          ],
        },
      ],
      volumes: [
        { name: "settings", configMap: { name: "hdfs-client" } },
        { name: "client", configMap: { name: pod } },
      ],
    };
  }

  /** The files acknowledged so far, in order. */
  async acknowledged(): Promise<Acknowledged[]> {
    const said = await this.kubectl.do("logs", pod, "-n", this.namespace);
    return [...said.matchAll(/^(\/\S+) ([0-9a-f]{64}) ([0-9.]+)$/gm)].map(
      ([, path = "", sha256 = "", seconds]) => ({ path, sha256, atSeconds: Number(seconds) }),
    );
  }

  /** SHA-256 by path of every file that can be read. */
  async readBack(): Promise<Map<string, string>> {
    const said = await this.kubectl.do(
      ...["exec", pod, "-n", this.namespace, "--", "python", `/opt/client/${script}`, "read", folder],
    );
    return new Map(
      [...said.matchAll(/^(\/\S+) ([0-9a-f]{64})$/gm)].map(([, path = "", sha256 = ""]) => [path, sha256]),
    );
  }
}
