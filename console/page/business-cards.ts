import type { BusinessMessage } from "../messages";
import { element } from "./elements";
import { figureCard } from "./figure-card";
import { explainLink } from "./route";
import { count, counted, hours, percent, roundMoney } from "./numbers";

type Day = BusinessMessage["days"][number];

export function businessCards(): { readonly root: HTMLElement; readonly show: (day: Day) => void } {
  const explained = {
    revenue: explanation("revenue"),
    listens: explanation("listens"),
    registrations: explanation("registrations"),
  };
  const revenue = figureCard("Revenue", explained.revenue.root);
  const songs = figureCard("Songs played", explained.listens.root);
  const listened = figureCard("Time listened");
  const customers = figureCard("Active customers");
  const paidPart = element("span", { class: "part" });
  const paid = figureCard("Paid share", element("span", { class: "parts", "aria-hidden": "true" }, paidPart));
  const conversion = figureCard("Conversion");
  const registrations = figureCard("Registrations", explained.registrations.root);
  const cards = [revenue, songs, listened, customers, paid, conversion, registrations];

  const show = (day: Day) => {
    const paying = day.activeCustomers - day.freeCustomers;
    const share = day.activeCustomers > 0 ? paying / day.activeCustomers : null;
    revenue.show(roundMoney(day.revenue), counted(day.purchases, "purchase"));
    songs.show(count(day.listens));
    const each = day.activeCustomers > 0 ? (day.listenedHours / day.activeCustomers) * 60 : 0;
    listened.show(hours(day.listenedHours), `${count(each)} min a customer`);
    customers.show(count(day.activeCustomers));
    paid.show(percent(share), `${count(paying)} paid, ${count(day.freeCustomers)} free`);
    paidPart.style.width = `${100 * (share ?? 0)}%`;
    conversion.show(percent(day.conversionRate), "upgrades per free customer");
    registrations.show(count(day.registrations), "new customers");
    for (const each of Object.values(explained)) each.show(day.date);
  };
  return { root: element("dl", { class: "cards" }, ...cards.map(({ root }) => root)), show };
}

/** A link from a figure of `kpi_daily` to what it is made of. */
function explanation(column: string) {
  const root = element("a", { class: "explain", href: "#/explain" }, "Explain");
  root.setAttribute("aria-label", `Explain ${column}`);
  return { root, show: (day: string) => root.setAttribute("href", explainLink("kpi_daily", column, [day])) };
}
