import { faker } from "@faker-js/faker/locale/en";

/** Words that names and titles are made of. */
export const adjectives: readonly string[] = faker.rawDefinitions.word?.adjective ?? [];
export const nouns: readonly string[] = faker.rawDefinitions.word?.noun ?? [];

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
