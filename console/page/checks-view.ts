import type { CheckMessage, ChecksMessage } from "../messages";
import { checkItem } from "./check-item";
import { startChecks } from "./checks-client";
import { element, section, setHidden, setText } from "./elements";
import { KeyedList, type Item } from "./keyed-list";
import { counted, duration } from "./numbers";
import { errorBox } from "./result-table";
import { shown } from "./shown-text";
import { store } from "./store";
import { setTime, timeElement } from "./times";
import { viewRoot, type View } from "./view";

/** The smoke checks by hop with the last outcome of each, and a button that runs them. */
export function checksView(): View {
  const title = "Checks";
  const run = element("button", { type: "button", class: "primary" }, "Run the checks");
  const progress = element("p", { class: "note", role: "status" });
  const ended = timeElement("both");
  const last = element("p", { class: "note", hidden: "" }, "Last run ended ", ended, ".");
  const failed = element("div");
  const hopList = element("div", { class: "check-hops" });
  const list = new KeyedList<readonly CheckMessage[]>(hopList, ([first]) => first?.hop ?? "", hopSection);

  run.addEventListener("click", () => {
    void (async () => {
      run.disabled = true;
      const answer = await startChecks(AbortSignal.timeout(10_000));
      failed.replaceChildren(...("error" in answer ? [errorBox(answer.error)] : []));
      run.disabled = store.get("checks")?.isRunning ?? false;
    })();
  });
  store.follow("checks", (message) => {
    run.disabled = message.isRunning;
    setText(progress, progressText(message));
    setHidden(last, message.endedMs === null);
    setTime(ended, message.endedMs);
    if (message.error !== null) failed.replaceChildren(errorBox(message.error));
    else if (message.isRunning) failed.replaceChildren();
    const hops = [...new Set(message.checks.map(({ hop }) => hop))];
    list.show(hops.map((hop) => message.checks.filter((check) => check.hop === hop)));
  });

  const intro =
    "They follow the data through every hop and compare what each holds. They read only: npm run smoke also sends events of its own.";
  const actions = element("div", { class: "actions" }, run, progress);
  const root = viewRoot(title, intro, section("Run", {}, actions, last, failed), hopList);
  return { title, root };
}

function progressText({ isRunning, startedMs, endedMs, declared, checks }: ChecksMessage): string {
  if (startedMs === null) return `They have not run yet. There are ${counted(declared, "check")}.`;
  const done = checks.filter(({ atMs }) => atMs >= startedMs);
  if (isRunning) return `Running: ${done.length} of ${counted(declared, "check")} …`;
  const passed = done.filter(({ status }) => status === "passed").length;
  return `${passed} of ${counted(done.length, "check")} passed in ${duration((endedMs ?? startedMs) - startedMs)}.`;
}

function hopSection(first: readonly CheckMessage[]): Item<readonly CheckMessage[]> {
  const list = element("ul", { class: "stops checks" });
  const items = new KeyedList<CheckMessage>(list, ({ name }) => name, checkItem);
  const root = section(shown(first[0]?.hop ?? ""), {}, list);
  const update = (checks: readonly CheckMessage[]) => items.show(checks);
  update(first);
  return { root, update };
}
