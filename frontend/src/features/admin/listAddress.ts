let search = "";

/** Remembers what was asked of the list of people, so that a page about one of them leads back to it. */
export function keepSearch(asked: string): void {
  search = asked;
}

/** The list of people as it was last asked. */
export function listAddress(): string {
  return search ? `/beheer/mensen?${search}` : "/beheer/mensen";
}
