/**
 * Environments of child processes. The user's environment may contain anything that changes what Java, Spark, dbt, pip or
 * Python do (JAVA_TOOL_OPTIONS, SPARK_HOME, DBT_TARGET, PIP_USER, a locale with other digits), so only the variables
 * listed here are passed on.
 */

/** Variables that say where programs, the user's folders and temporary files are. */
const everywhere = [/^PATH$/, /^HOME$/, /^USER$/, /^LOGNAME$/, /^SHELL$/, /^TMPDIR$/, /^XDG_CACHE_HOME$/];

/** Also those that say how to reach a registry, and which programs to use. */
const forSetUp = [
  ...everywhere,
  /^(https?|all|no)_proxy$/i,
  /^npm_config_/i,
  /^PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|CERT|CLIENT_CERT|PROXY|CONFIG_FILE|FIND_LINKS|NO_INDEX|DEFAULT_TIMEOUT|RETRIES)$/,
  /^(SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$/,
  /^(MAVEN_REPOSITORY|JAVA_HOME|PYTHON|HELM)$/,
  // A program on the PATH may be a version manager's shim, which finds the real program by these.
  /^(PYENV|ASDF|MISE|JENV)_/,
];

/** Fixed, so that numbers and times have the same format everywhere. */
const settled = { LANG: "C.UTF-8", LC_ALL: "C.UTF-8", TZ: "UTC" };

function chosen(env: NodeJS.ProcessEnv, names: readonly RegExp[]): NodeJS.ProcessEnv {
  const handedOn = Object.entries(env).filter(([name]) => names.some((pattern) => pattern.test(name)));
  return { ...Object.fromEntries(handedOn), ...settled };
}

/** The environment of the lake's processes. */
export function lakeEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return chosen(env, everywhere);
}

/** The environment of the commands that set-up runs. */
export function setUpEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return chosen(env, forSetUp);
}
