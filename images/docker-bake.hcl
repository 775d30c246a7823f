# docker buildx bake -f images/docker-bake.hcl   (from the repository's root)

# Where every profile looks for the images. versions.ts has the same values, and a test compares both.
variable "REGISTRY" {
  default = "ghcr.io/spotify-content-management"
}

variable "TAG" {
  default = "0.1.0"
}

# A builder needs emulation for platforms other than its own; without it set PLATFORMS=linux/amd64.
variable "PLATFORMS" {
  default = "linux/amd64,linux/arm64"
}

group "default" {
  targets = ["spark", "hdfs", "node", "clickhouse-embedded"]
}

# Images for nodes of either architecture. ClickHouse is not among them: its arm64 builds have no HDFS support.
group "both-kinds" {
  targets = ["spark", "hdfs", "node"]
}

target "image" {
  name       = image
  matrix     = { image = ["spark", "hdfs", "node", "clickhouse-embedded"] }
  context    = "."
  dockerfile = "images/${image}/Dockerfile"
  tags       = ["${REGISTRY}/${image}:${TAG}"]
  platforms  = image == "clickhouse-embedded" ? ["linux/amd64"] : split(",", PLATFORMS)
  labels = {
    "org.opencontainers.image.title"    = image
    "org.opencontainers.image.version"  = TAG
    "org.opencontainers.image.licenses" = "Apache-2.0"
  }
}
