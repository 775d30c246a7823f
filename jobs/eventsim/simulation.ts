import { Heap } from "heap-js";
import { Customer, type Draft, type Life } from "./customers/customer";
import { life } from "./customers/life";
import { makeProfile } from "./customers/profile";
import { Returns } from "./customers/returns";
import { hash } from "./random/hash";
import { Newcomers } from "./customers/newcomers";
import type { SimulationOptions } from "./simulation-options";

/** The run's name in event ids, so that runs with another seed or start make other ids. */
export function runName(seed: number, from: number): string {
  return [1, 2].map((word) => hash(word, seed, from).toString(36).padStart(7, "0")).join("");
}

/** One active customer, whose next event is the next step of the life or a planned refund or chargeback. */
class Actor {
  /** Virtual time of the next event, ms since 1970. */
  due = 0;
  private nextStep: number;
  private readonly returns = new Returns();
  private readonly life: Life;

  constructor(
    readonly customer: Customer,
    start: number,
    arrivalMs?: number,
  ) {
    this.life = life(customer, this.returns, arrivalMs);
    this.customer.virtualNow = start;
    this.nextStep = start;
    this.plan();
  }

  get index(): number {
    return this.customer.profile.index;
  }

  /** Makes the next event, with `now` as its time in the record. */
  act(now: number): Draft {
    const { customer } = this;
    customer.now = now;
    customer.virtualNow = this.due;
    if (this.returns.due < this.nextStep) this.returns.make(customer);
    else this.plan();
    this.due = Math.min(this.nextStep, this.returns.due);
    const { draft } = customer;
    if (!draft) throw new Error(`${customer.profile.customerId} took a step without an event`);
    customer.draft = undefined;
    return draft;
  }

  private plan(): void {
    const step = this.life.next();
    if (step.done) throw new Error(`the life of ${this.customer.profile.customerId} ended`);
    this.nextStep += Math.max(1, step.value);
    this.due = this.nextStep;
  }
}

/** All customers of a shard, independent of each other; their events come in order of virtual time. */
export class Simulation {
  private readonly actors: Heap<Actor>;
  private readonly newcomers: Newcomers;

  constructor(private readonly options: SimulationOptions) {
    const { users, shard, from } = options;
    const actors: Actor[] = [];
    for (let index = shard.part - 1; index < users; index += shard.of) actors.push(this.actor(index, from));
    this.actors = new Heap<Actor>((a, b) => a.due - b.due || a.index - b.index);
    this.actors.init(actors);
    this.newcomers = new Newcomers(options);
  }

  /** Virtual time of the next event, ms since 1970. */
  get due(): number {
    return Math.min(this.actors.peek()?.due ?? Infinity, this.newcomers.due);
  }

  /** @param now the event's time in its record; by default the virtual time */
  next(now = this.due): Draft {
    while (this.newcomers.due <= (this.actors.peek()?.due ?? Infinity)) {
      const { index, due } = this.newcomers.next();
      this.actors.push(this.actor(index, due, 0));
    }
    const actor = this.actors.peek();
    if (!actor) throw new Error("there is no customer");
    const draft = actor.act(now);
    this.actors.replace(actor);
    return draft;
  }

  private actor(index: number, start: number, arrivalMs?: number): Actor {
    const { world, seed } = this.options;
    const profile = makeProfile(world, seed, index, arrivalMs !== undefined);
    return new Actor(new Customer(profile, this.options), start, arrivalMs);
  }
}
