/** A text that Terraform must not read as a template: `${...}` and `%{...}` stay as they are. */
export function literal(text: string): string {
  return text.replace(/[$%]\{/g, (start) => `${start[0]}${start}`);
}

/** What `literal` was given. */
export function fromLiteral(text: string): string {
  return text.replace(/([$%])\1\{/g, (escaped) => escaped.slice(1));
}
