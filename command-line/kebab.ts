/** `kafkaPasswordFile` as command lines and Kubernetes' names write it: `kafka-password-file`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
