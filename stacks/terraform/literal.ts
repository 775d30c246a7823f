/** Escapes a text so that Terraform does not read `${...}` and `%{...}` in it as templates. */
export function literal(text: string): string {
  return text.replace(/[$%]\{/g, (start) => `${start[0]}${start}`);
}

/** The inverse of `literal`. */
export function fromLiteral(text: string): string {
  return text.replace(/([$%])\1\{/g, (escaped) => escaped.slice(1));
}
