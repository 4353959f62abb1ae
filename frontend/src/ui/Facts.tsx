import { Fragment } from "react";

/** Facts in one line. Each in its own direction: in Arabic a Dutch name and a date do not run into each other. */
export function Facts({ of }: { of: readonly (string | false | 0 | null | undefined)[] }) {
  const told = of.filter((fact): fact is string => Boolean(fact));
  return told.map((fact, at) => (
    <Fragment key={fact}>
      {at > 0 && " · "}
      <bdi>{fact}</bdi>
    </Fragment>
  ));
}
