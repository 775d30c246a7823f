/** A probe of Kubernetes has no log-in, and calls the pod by its address: this path needs neither a log-in nor a host. */
export const healthPath = "/health";
