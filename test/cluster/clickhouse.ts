import type { Profile } from "../../profiles";
import { clickhouseUrl, clickhouseUsersSecret } from "../../stacks/names";
import type { Kubectl } from "./kubectl";

/**
 * ClickHouse's answer to its user `reader`, queried from serve's pod, which may reach it; undefined while there is no
 * answer.
 */
export async function askClickHouse(
  kubectl: Kubectl,
  profile: Profile,
  query: string,
): Promise<string | undefined> {
  const { namespace } = profile;
  const secret = ["get", "secret", clickhouseUsersSecret(profile), "-n", namespace];
  try {
    const encoded = await kubectl.do(...secret, "-o", "jsonpath={.data.reader}");
    const url = new URL(clickhouseUrl(profile));
    url.search = new URLSearchParams({
      user: "reader",
      password: Buffer.from(encoded, "base64").toString(),
    }).toString();
    const script = `fetch(${JSON.stringify(url)},{method:"POST",body:${JSON.stringify(query)}}).then(async(a)=>console.log(a.status,await a.text()))`;
    const answer = await kubectl.do("exec", "-n", namespace, "deploy/serve", "--", "node", "-e", script);
    return /^200 (.*)/s.exec(answer)?.[1]?.trim();
  } catch {
    // The pod or ClickHouse may be starting: the caller tries again.
    return undefined;
  }
}
