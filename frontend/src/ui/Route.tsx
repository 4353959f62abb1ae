import { Children, isValidElement, type ReactNode, useId } from "react";
import type { Kind, WorkField } from "./codes";
import { Mark } from "./Labels";
import { Drawing } from "./Picture";

/** The island of the logo: three contours. */
export function Island() {
  return (
    <svg viewBox="0 0 36 36" aria-hidden="true">
      <path
        d="M2.800 19.200C1.900 9.400 10.600 3.200 19.800 4S34 12.200 33 20.100s-7.900 12.900-16.900 12S3.700 28.200 2.800 19.200Z"
        fill="#238541"
      />
      <path
        d="M8.900 19.100c-.1-6 4.900-9.900 10.900-9.100s8.300 5 7.300 10.100-5.100 7-10.100 7-8.100-3.200-8.100-8Z"
        fill="#7eb67c"
      />
      <path
        d="M15 18.100c.9-3 3.200-4.100 6.100-3.100s3 3.100 2 5.100-3.100 3.100-5.200 2.100-2.900-2.100-2.900-4.100Z"
        fill="#f8d62a"
      />
    </svg>
  );
}

/** A school year on the route: the pupil's year first, then when and where. */
export function YearHeading({ title, detail, id }: { title: string; detail: ReactNode; id?: string }) {
  return (
    <div className="tp-year">
      <span className="tp-year__island">
        <Island />
      </span>
      <div className="tp-year__words">
        <h2 id={id}>{title}</h2>
        <small>{detail}</small>
      </div>
    </div>
  );
}

/** One stop on the route. */
export function Stop({ kind, children }: { kind: Kind; children: ReactNode }) {
  return (
    <>
      <Mark kind={kind} />
      {children}
    </>
  );
}

/** The dotted route through a year; its children are `Stop`s. */
export function Route({ children, labelledBy }: { children: ReactNode; labelledBy?: string }) {
  return (
    <ol className="tp-route" aria-labelledby={labelledBy}>
      {Children.map(children, (child) => (isValidElement(child) ? <li key={child.key}>{child}</li> : null))}
    </ol>
  );
}

/** Something that stands ready for the pupil; never counted as late. */
export function Stub({
  label,
  title,
  when,
  kind,
  field,
  action,
}: {
  label: string;
  title: string;
  when: string;
  kind: Kind;
  field?: WorkField;
  action: ReactNode;
}) {
  const id = useId();
  return (
    <section className="tp-stub" aria-labelledby={id}>
      <div className="tp-stub__body">
        <Drawing kind={kind} field={field} />
        <div className="tp-stack" style={{ gap: "0.25rem" }}>
          <p className="tp-stub__label">{label}</p>
          <h2 id={id} style={{ fontSize: "var(--tp-head-s)" }}>
            {title}
          </h2>
          <p className="tp-small">{when}</p>
        </div>
      </div>
      {action}
    </section>
  );
}
