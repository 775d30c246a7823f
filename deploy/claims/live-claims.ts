import { z } from "zod";
import type { Cluster } from "../cluster/kubectl";
import { quantity } from "../fit/quantity";

const claimSpec = z.object({
  storageClassName: z.string().optional(),
  resources: z.object({ requests: z.object({ storage: z.string() }) }),
});

const claimList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        annotations: z.record(z.string(), z.string()).default({}),
      }),
      spec: claimSpec,
    }),
  ),
});

const statefulSetList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ volumeClaimTemplates: z.array(z.object({ spec: claimSpec })).default([]) }),
    }),
  ),
});

const storageClassList = z.object({
  items: z.array(
    z.object({ metadata: z.object({ name: z.string() }), allowVolumeExpansion: z.boolean().default(false) }),
  ),
});

/** A claim, or what a StatefulSet makes claims of. */
export interface Claimed {
  readonly gibibytes: number;
  /** Empty for a volume that was made by hand or by our chart; undefined for the cluster's default class. */
  readonly storageClass: string | undefined;
}

export interface LiveClaim extends Claimed {
  /** The Helm release that it is an object of, if any. */
  readonly release: string | undefined;
}

/** What the cluster has of a namespace's volumes. */
export interface LiveClaims {
  readonly claims: ReadonlyMap<string, LiveClaim>;
  /** Templates by StatefulSet. */
  readonly templates: ReadonlyMap<string, readonly Claimed[]>;
  /** Storage classes whose volumes can grow; undefined where one may not ask for them. */
  readonly growing: ReadonlySet<string> | undefined;
}

function claimed({ storageClassName, resources }: z.infer<typeof claimSpec>): Claimed {
  return {
    gibibytes: quantity(resources.requests.storage) / 2 ** 30,
    storageClass: storageClassName,
  };
}

function growingClasses(storageClasses: unknown): Set<string> {
  const { items } = storageClassList.parse(storageClasses);
  const growing = items.filter(({ allowVolumeExpansion }) => allowVolumeExpansion);
  return new Set(growing.map(({ metadata }) => metadata.name));
}

/** @param claims, statefulSets and storageClasses as `kubectl get -o json` has them; the last may be unknown */
export function readLiveClaims(claims: unknown, statefulSets: unknown, storageClasses?: unknown): LiveClaims {
  return {
    claims: new Map(
      claimList
        .parse(claims)
        .items.map(({ metadata, spec }) => [
          metadata.name,
          { ...claimed(spec), release: metadata.annotations["meta.helm.sh/release-name"] },
        ]),
    ),
    templates: new Map(
      statefulSetList
        .parse(statefulSets)
        .items.map(({ metadata, spec }) => [
          metadata.name,
          spec.volumeClaimTemplates.map((template) => claimed(template.spec)),
        ]),
    ),
    growing: storageClasses === undefined ? undefined : growingClasses(storageClasses),
  };
}

export async function askLiveClaims(cluster: Cluster, namespace: string): Promise<LiveClaims> {
  // They are no namespace's: who only looks at one may be refused them.
  const classes = await cluster.try("get", "storageclasses", "-o", "json");
  return readLiveClaims(
    await cluster.json("get", "persistentvolumeclaims", "--namespace", namespace),
    await cluster.json("get", "statefulsets", "--namespace", namespace),
    classes.code === 0 ? JSON.parse(classes.stdout) : undefined,
  );
}
