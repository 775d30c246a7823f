import { accountTakeover, takeoverShare } from "../fraud/account-takeover";
import { cardTesting, testingShare } from "../fraud/card-testing";
import { collusion, collusionShare } from "../fraud/merchant-collusion";
import { impossibleTravel, travelShare } from "../fraud/impossible-travel";
import type { Customer, Life, Place } from "./customer";
import { address, token } from "./network";
import { buy, usualOrder } from "./purchase";
import type { Returns } from "./returns";
import { activity, peakActivity } from "./rhythm";
import { browse, browseOn, logIn, loggedOut, logOut, pause } from "./session";
import { kilometres } from "./world";

/** Share of the gaps between sessions with a purchase at a counter. */
export const counterShare = 0.1;

const travelKilometresPerHour = 700;
const travelPreparationHours = 4;
const tripShare = 0.02;
const newDeviceShare = 0.002;
const hourMs = 3_600_000;

/** Time until the next visit, which is random, and shorter when people of the customer's time zone are active. */
function gap(customer: Customer): number {
  const { random, profile, setting } = customer;
  const meanMs = setting.tempo.gapMs * profile.gapFactor;
  if (!setting.tempo.rhythm) return Math.round(random.exponential(meanMs));
  let waited = 0;
  do waited += random.exponential(meanMs / peakActivity);
  while (!random.chance(activity(profile.home.time_zone, customer.virtualNow + waited) / peakActivity));
  return Math.round(waited);
}

/** The place of the next visit: one that a traveller can reach within the gap. */
function nextPlace(customer: Customer, gapMs: number): Place {
  const { random, profile, setting, place } = customer;
  const away = place.location !== profile.home;
  const reachable = (to: Place["location"]) =>
    gapMs / hourMs > kilometres(place.location, to) / travelKilometresPerHour + travelPreparationHours;
  if (away) {
    const home = random.chance(0.3) && reachable(profile.home);
    return home ? customer.atHome() : place;
  }
  const trip = random.chance(tripShare) ? setting.world.homes.draw(random) : undefined;
  if (trip && reachable(trip))
    return { location: trip, address: address(random), device: profile.devices[0]! };
  const atHome = customer.atHome();
  return random.chance(newDeviceShare) ? { ...atHome, device: token("d", random) } : atHome;
}

function* ordinarySession(customer: Customer, returns: Returns, gapMs: number): Life {
  yield* logIn(customer, gapMs);
  yield* browse(customer, returns, "home");
}

/** The end of a visit: with or without a log-out, and sometimes followed by a use of the card far away. */
function* leave(customer: Customer, returns: Returns): Life {
  if (customer.level === "none") return;
  if (customer.random.chance(loggedOut)) yield* logOut(customer);
  if (customer.random.chance(travelShare)) yield* impossibleTravel(customer, returns);
}

function* session(customer: Customer, returns: Returns, gapMs: number): Life {
  const { random, profile } = customer;
  const place = nextPlace(customer, gapMs);
  const draw = random.unit();
  customer.beginSession(place);
  if (draw < takeoverShare) {
    yield* accountTakeover(customer, returns, gapMs);
    customer.place = place;
    return;
  }
  if (draw < takeoverShare + testingShare) yield* cardTesting(customer, returns, gapMs);
  else if (profile.colludesWith && random.chance(collusionShare))
    yield* collusion(customer, returns, profile.colludesWith, gapMs);
  else yield* ordinarySession(customer, returns, gapMs);
  yield* leave(customer, returns);
}

/** A purchase at a counter within the gap; the rest of the gap follows. */
function* counterPurchase(
  customer: Customer,
  returns: Returns,
  gapMs: number,
): Generator<number, number, void> {
  if (!customer.random.chance(counterShare)) return gapMs;
  const until = Math.round(gapMs * customer.random.unit());
  yield until;
  buy(
    customer,
    returns,
    usualOrder(customer, "point_of_sale", { ...customer.place, device: customer.profile.devices[0]! }),
  );
  return gapMs - until;
}

function* register(customer: Customer, waitMs: number): Life {
  customer.place = customer.atHome();
  yield waitMs;
  customer.changed("register", customer.random.chance(0.1) ? "paid" : "free");
}

/** The rest of a visit that began before the simulation did. */
function* ongoing(customer: Customer, returns: Returns): Life {
  customer.beginSession(customer.place);
  yield* browseOn(customer, returns);
  yield* leave(customer, returns);
}

/**
 * A customer's whole life from the start of the simulation on. Some customers start in the middle of a visit, so that
 * there is no burst of log-ins at the start.
 * @param arrivalMs of a newcomer: the time of registration, virtual ms after the start
 */
export function* life(customer: Customer, returns: Returns, arrivalMs?: number): Life {
  const { random, setting, profile } = customer;
  const { tempo } = setting;
  if (arrivalMs !== undefined) yield* register(customer, arrivalMs);
  const online = tempo.sessionMs / (tempo.sessionMs + tempo.gapMs * profile.gapFactor);
  const now = tempo.rhythm ? activity(profile.home.time_zone, setting.from) : 1;
  if (arrivalMs === undefined && customer.level !== "none" && random.chance(online * now))
    yield* ongoing(customer, returns);
  let wait = arrivalMs === undefined ? gap(customer) : pause(customer);
  for (;;) {
    if (customer.level === "none") {
      yield* register(customer, Math.round(random.exponential(tempo.awayMs)));
      wait = pause(customer);
    }
    yield* session(customer, returns, wait);
    if (customer.level !== "none") wait = yield* counterPurchase(customer, returns, gap(customer));
  }
}
