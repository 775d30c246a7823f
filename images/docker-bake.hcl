# docker buildx bake -f images/docker-bake.hcl   (from the repository's root)
variable "REGISTRY" {
  default = "ghcr.io/spotify-content-management"
}

variable "TAG" {
  default = "0.1.0"
}

group "default" {
  targets = ["spark", "hdfs", "node", "clickhouse-embedded"]
}

target "image" {
  name       = image
  matrix     = { image = ["spark", "hdfs", "node", "clickhouse-embedded"] }
  context    = "."
  dockerfile = "images/${image}/Dockerfile"
  tags       = ["${REGISTRY}/${image}:${TAG}"]
  platforms  = ["linux/amd64"]
  labels = {
    "org.opencontainers.image.title"    = image
    "org.opencontainers.image.version"  = TAG
    "org.opencontainers.image.licenses" = "Apache-2.0"
  }
}
