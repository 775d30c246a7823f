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

/** A claim, or a StatefulSet's template of claims. */
export interface Claimed {
  readonly gibibytes: number;
  /** Empty for a volume that was created by hand or by our chart; undefined for the cluster's default class. */
  readonly storageClass: string | undefined;
}

export interface LiveClaim extends Claimed {
  /** The Helm release that it belongs to, if any. */
  readonly release: string | undefined;
}

/** A namespace's claims, as they are in the cluster. */
export interface LiveClaims {
  readonly claims: ReadonlyMap<string, LiveClaim>;
  /** Templates of claims, by name of the StatefulSet. */
  readonly templates: ReadonlyMap<string, readonly Claimed[]>;
  /** Storage classes whose volumes can grow; undefined if the user may not list storage classes. */
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

/** Parses the output of `kubectl get -o json` for each kind; `storageClasses` may be unknown. */
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
  // Storage classes are cluster-wide: a user with rights in one namespace may not be allowed to list them.
  const classes = await cluster.try("get", "storageclasses", "-o", "json");
  return readLiveClaims(
    await cluster.json("get", "persistentvolumeclaims", "--namespace", namespace),
    await cluster.json("get", "statefulsets", "--namespace", namespace),
    classes.code === 0 ? JSON.parse(classes.stdout) : undefined,
  );
}
