import { lakeEnvironment, setUpEnvironment } from "../../../toolchain/child-environment";
import { worstEnvironment } from "../../fixtures/worst-environment";

const own = { PATH: "/bin", HOME: "/home/me", TMPDIR: "/t", XDG_CACHE_HOME: "/c" };
const settled = { LANG: "C.UTF-8", LC_ALL: "C.UTF-8", TZ: "UTC" };
const ways = {
  https_proxy: "http://proxy:3128",
  NO_PROXY: "localhost",
  npm_config_registry: "http://mirror/npm",
  PIP_INDEX_URL: "http://mirror/pypi",
  NODE_EXTRA_CA_CERTS: "/ca.pem",
  MAVEN_REPOSITORY: "http://mirror/maven",
  JAVA_HOME: "/java",
  PYTHON: "/python",
};

test("a process of the lake gets where things are, and nothing that changes what it does", () => {
  expect(lakeEnvironment({ ...own, ...ways, ...worstEnvironment, SECRET: "x" })).toEqual({
    ...own,
    ...settled,
  });
});

test("set-up gets how registries are reached and which programs to use besides", () => {
  expect(setUpEnvironment({ ...own, ...ways, ...worstEnvironment, SECRET: "x" })).toEqual({
    ...own,
    ...ways,
    ...settled,
  });
});
