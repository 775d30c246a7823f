/** An environment variable of a container whose value is in a Secret. */
export function fromSecret(name: string, secret: string, key: string) {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}
