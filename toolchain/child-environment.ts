/**
 * Environments made for children. A person's own may hold anything that changes what Java, Spark, dbt, pip or Python do
 * (JAVA_TOOL_OPTIONS, SPARK_HOME, DBT_TARGET, PIP_USER, a locale with digits of its own): what is not named here stays behind.
 */

/** Where programs, the person's folders and temporary files are. */
const everywhere = [/^PATH$/, /^HOME$/, /^USER$/, /^LOGNAME$/, /^SHELL$/, /^TMPDIR$/, /^XDG_CACHE_HOME$/];

/** How a registry is reached, and which programs to use. */
const forSetUp = [
  ...everywhere,
  /^(https?|all|no)_proxy$/i,
  /^npm_config_/i,
  /^PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|CERT|CLIENT_CERT|PROXY|CONFIG_FILE|FIND_LINKS|NO_INDEX|DEFAULT_TIMEOUT|RETRIES)$/,
  /^(SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$/,
  /^(MAVEN_REPOSITORY|JAVA_HOME|PYTHON|HELM)$/,
  // A program on the PATH may be one of theirs, which looks there for the real one.
  /^(PYENV|ASDF|MISE|JENV)_/,
];

/** Numbers and times are written and read alike everywhere. */
const settled = { LANG: "C.UTF-8", LC_ALL: "C.UTF-8", TZ: "UTC" };

function chosen(env: NodeJS.ProcessEnv, names: readonly RegExp[]): NodeJS.ProcessEnv {
  const handedOn = Object.entries(env).filter(([name]) => names.some((pattern) => pattern.test(name)));
  return { ...Object.fromEntries(handedOn), ...settled };
}

/** For the lake's processes. */
export function lakeEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return chosen(env, everywhere);
}

/** For what set-up runs. */
export function setUpEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return chosen(env, forSetUp);
}
