import type { BusinessMessage } from "../messages";
import { blockHead, emptyNote, noGold } from "./block-head";
import { businessCards } from "./business-cards";
import { dataTable } from "./data-table";
import { element, section, setHidden, setText } from "./elements";
import { count, hours, money, percent } from "./numbers";
import { store } from "./store";
import { dayText } from "./times";
import { viewRoot, type View } from "./view";

type Day = BusinessMessage["days"][number];
type Song = BusinessMessage["songs"][number];
type City = BusinessMessage["cities"][number];
type Merchant = BusinessMessage["merchants"][number];

export function businessView(): View {
  const title = "Business";
  const cards = businessCards();
  const dayOfCards = element("span", { class: "note" }, "");
  const empty = emptyNote("Waiting for the console's server.");

  const days = dataTable<Day>("Key figures by day", ({ date }) => date, [
    { label: "Day (UTC)", text: ({ date }) => dayText(date) },
    number("Revenue", ({ revenue }) => revenue, money, true),
    number("Songs played", ({ listens }) => listens, count, true),
    number("Listened", ({ listenedHours }) => listenedHours, hours),
    number("Active customers", ({ activeCustomers }) => activeCustomers),
    number("Free", ({ freeCustomers }) => freeCustomers),
    number("Registrations", ({ registrations }) => registrations),
    { label: "Conversion", isNumber: true, text: ({ conversionRate }) => percent(conversionRate) },
    number("Purchases", ({ purchases }) => purchases),
    number("Fraud alerts", ({ fraudAlerts }) => fraudAlerts),
  ]);
  const songs = dataTable<Song>("Top songs", ({ title: song, artist }) => `${song}\n${artist}`, [
    { label: "Song", text: ({ title: song }) => song },
    { label: "Artist", text: ({ artist }) => artist },
    { label: "Genre", text: ({ genre }) => genre },
    number("Plays", ({ plays }) => plays, count, true),
    number("Listeners", ({ listeners }) => listeners),
  ]);
  const merchants = dataTable<Merchant>("Top merchants", ({ name, category }) => `${name}\n${category}`, [
    { label: "Merchant", text: ({ name }) => name },
    { label: "Category", text: ({ category }) => category },
    number("Revenue", ({ revenue }) => revenue, money, true),
    number("Purchases", ({ transactions }) => transactions),
    { label: "Risk", text: ({ risk }) => risk, tone: ({ risk }) => riskTones[risk] ?? "" },
  ]);
  const cities = dataTable<City>("Top cities", ({ city, country }) => `${city}\n${country}`, [
    { label: "City", text: ({ city }) => city },
    { label: "Country", text: ({ country }) => country },
    number("Songs played", ({ listens }) => listens, count, true),
    number("Customers", ({ customers }) => customers),
    number("Revenue", ({ revenue }) => revenue, money),
  ]);
  const heads = {
    cities: blockHead("the top cities"),
    days: blockHead("the figures by day"),
    songs: blockHead("the top songs"),
    merchants: blockHead("the top merchants"),
  };
  const waiting = { merchants: emptyNote(lifetimeLater), cities: emptyNote(lifetimeLater) };
  const blocks = [
    section("Newest day", { aside: [dayOfCards] }, cards.root),
    section("By day", { aside: heads.days.parts }, days.root),
    element(
      "div",
      { class: "halves uneven" },
      section("Top songs", { aside: heads.songs.parts }, songs.root),
      section("Top merchants", { aside: heads.merchants.parts }, waiting.merchants, merchants.root),
    ),
    section(
      "Top cities, by where customers live",
      { aside: heads.cities.parts },
      waiting.cities,
      cities.root,
    ),
  ];
  for (const block of blocks) block.hidden = true;

  store.follow("business", (message) => {
    const [newest] = message.days;
    setText(empty, noGold);
    setHidden(empty, newest !== undefined);
    for (const block of blocks) setHidden(block, newest === undefined);
    if (newest) {
      setText(dayOfCards, `${dayText(newest.date)} (UTC)`);
      cards.show(newest);
    }
    days.show(message.days);
    songs.show(message.songs);
    merchants.show(message.merchants);
    cities.show(message.cities);
    for (const [name, { root }] of [
      ["merchants", merchants],
      ["cities", cities],
    ] as const) {
      setHidden(waiting[name], message[name].length > 0);
      setHidden(root, message[name].length === 0);
    }
    for (const name of ["days", "songs", "merchants", "cities"] as const)
      heads[name].show(message.asOfMs, message.sql[name]);
  });

  const intro =
    "What the music service earns and plays, from gold in ClickHouse. Days are UTC, money is in EUR.";
  return { title, root: viewRoot(title, intro, empty, ...blocks) };
}

const lifetimeLater =
  "Lifetime figures come with one of the next runs: they are brought up to date every few minutes.";

const riskTones: Readonly<Partial<Record<string, string>>> = { high: "bad", medium: "warn", low: "good" };

function number<T>(
  label: string,
  value: (of: T) => number,
  text: (of: number) => string = count,
  hasBar = false,
) {
  return {
    label,
    isNumber: true,
    text: (of: T) => text(value(of)),
    ...(hasBar ? { size: value } : {}),
  };
}
