import { z } from "zod";
import { profileSchema } from "../../profiles/schema";

/** One field of a profile: a row of the table in docs/profiles.md. */
export interface Field {
  readonly path: string;
  readonly allowed: string;
  readonly meaning: string;
}

interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
}

const isNull = (node: Node) => node.type === "null";

function range({ minimum, maximum }: Node): string {
  return minimum === undefined || maximum === undefined ? "" : ` from ${minimum} to ${maximum}`;
}

function allowedIn(node: Node): string {
  const choices = node.anyOf ?? node.oneOf;
  if (choices) return choices.map(allowedIn).join(" or ");
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((word) => JSON.stringify(word)).join(", ");
  switch (node.type) {
    case "boolean":
      return "true, false";
    case "integer":
      return `whole number${range(node)}`;
    case "number":
      return `number${range(node)}`;
    case "array":
      return `list of ${node.items ? allowedIn(node.items) : "anything"}`;
    case "object":
      return node.properties ? "fields below" : "names with values";
    case "string":
      return "text";
    default:
      return node.type ?? "";
  }
}

/** The name of the field that is a constant in each of the choices and so tells them apart. */
function tagOf(choices: readonly Node[]): string | undefined {
  const [first] = choices;
  return Object.entries(first?.properties ?? {}).find(
    ([, { const: constant }]) => constant !== undefined,
  )?.[0];
}

function fieldsBelow(path: string, node: Node): Field[] {
  const choices = (node.anyOf ?? node.oneOf)?.filter((choice) => !isNull(choice));
  if (choices && choices.length > 1) {
    const tag = tagOf(choices);
    return choices.flatMap((choice) => {
      const value = tag === undefined ? undefined : choice.properties?.[tag]?.const;
      if (tag === undefined || typeof value !== "string") return fieldsBelow(path, choice);
      return fieldsBelow(path, choice)
        .filter(({ path: below }) => below !== `${path}.${tag}`)
        .map((field) => ({
          ...field,
          meaning: [`with ${tag} ${value}`, field.meaning].filter((part) => part !== "").join(": "),
        }));
    });
  }
  const inner = choices?.[0] ?? node;
  return Object.entries(inner.properties ?? {}).flatMap(([key, below]) =>
    fieldAt(path === "" ? key : `${path}.${key}`, below),
  );
}

function fieldAt(path: string, node: Node): Field[] {
  const choices = (node.anyOf ?? node.oneOf)?.filter((choice) => !isNull(choice)) ?? [node];
  const below = fieldsBelow(path, node);
  if (below.length === 0) return [{ path, allowed: allowedIn(node), meaning: node.description ?? "" }];
  const tag = choices.length > 1 ? tagOf(choices) : undefined;
  const nullable = (node.anyOf ?? node.oneOf)?.some(isNull) === true;
  const kinds = choices.flatMap(({ properties }) => (tag === undefined ? [] : [properties?.[tag]?.const]));
  return [
    ...(tag === undefined && !nullable && node.description === undefined
      ? []
      : [
          {
            path: tag === undefined ? path : `${path}.${tag}`,
            allowed:
              tag === undefined
                ? `fields below${nullable ? " or null" : ""}`
                : kinds.map((kind) => JSON.stringify(kind)).join(", "),
            meaning: node.description ?? "",
          },
        ]),
    ...below,
  ];
}

/** Every field of a profile, in the schema's order. */
export function profileFields(): Field[] {
  return fieldsBelow("", z.toJSONSchema(profileSchema, { io: "input", unrepresentable: "any" }) as Node);
}
