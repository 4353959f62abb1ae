import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "wouter";
import { useT } from "~/i18n";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

type Look = "primary" | "secondary" | "subtle";

function classes(look: Look, wide?: boolean, extra?: string): string {
  const name = look === "subtle" ? "subtle" : `${look}-action`;
  return ["utrecht-button", `utrecht-button--${name}`, wide && "tp-button--wide", extra]
    .filter(Boolean)
    .join(" ");
}

interface Content {
  children: ReactNode;
  icon?: IconName;
  /** The sign after the word: only an arrow. */
  iconAfter?: IconName;
}

function Words({ icon, iconAfter, children }: Content) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {iconAfter && <Icon name={iconAfter} />}
    </>
  );
}

type NativeButton = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children">;

export interface ButtonProps extends Content, NativeButton {
  look?: Look;
  wide?: boolean;
  /** Work in hand: stays focusable, does nothing when pressed again. */
  busy?: boolean;
}

/** Stays focusable, and does nothing while there is work in hand. */
function pressed(busy: boolean | undefined, onClick: NativeButton["onClick"]): NativeButton {
  return {
    "aria-disabled": busy || undefined,
    onClick: (event) => (busy ? event.preventDefault() : onClick?.(event)),
  };
}

/** One primary button a view. Its words are a verb. */
export function Button({
  look = "primary",
  wide,
  busy,
  icon,
  iconAfter,
  children,
  className,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={classes(look, wide, className)} {...pressed(busy, onClick)} {...rest}>
      <Words icon={icon} iconAfter={iconAfter}>
        {children}
      </Words>
    </button>
  );
}

/** A link that looks like a button. */
export function LinkButton({
  to,
  look = "primary",
  wide,
  ...content
}: Content & { to: string; look?: Look; wide?: boolean }) {
  return (
    <Link href={to} className={classes(look, wide)}>
      <Words {...content} />
    </Link>
  );
}

/** An underlined word: skip, later, change. As visible as the way on. */
export function QuietButton({
  icon,
  iconAfter,
  children,
  busy,
  onClick,
  type = "button",
  ...rest
}: Content & NativeButton & Pick<ButtonProps, "busy">) {
  return (
    <button type={type} className="tp-quiet" {...pressed(busy, onClick)} {...rest}>
      <Words icon={icon} iconAfter={iconAfter}>
        {children}
      </Words>
    </button>
  );
}

export function QuietLink({ to, ...content }: Content & { to: string }) {
  return (
    <Link href={to} className="tp-quiet">
      <Words {...content} />
    </Link>
  );
}

/** A round button with a sign only; `label` says what it does, with the name of the thing. */
export function IconButton({
  icon,
  label,
  type = "button",
  ...rest
}: NativeButton & { icon: IconName; label: string }) {
  return (
    <button type={type} className="tp-icon-button" aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}

/** The one sun-coloured button: something to add to the map. */
export function Erbij({ to, small = false }: { to: string; small?: boolean }) {
  const t = useT();
  return (
    <Link href={to} className={small ? "tp-erbij tp-erbij--small" : "tp-erbij"}>
      <span className="tp-erbij__disc">
        <Icon name="plus" />
      </span>
      <span>
        {t("ui.erbij")}
        {!small && <span className="tp-erbij__hint">{t("ui.erbij.hint")}</span>}
      </span>
    </Link>
  );
}
