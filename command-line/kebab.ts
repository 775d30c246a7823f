/** Kebab case, as in options and Kubernetes names: `kafka-password-file` for `kafkaPasswordFile`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
