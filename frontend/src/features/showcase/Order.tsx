import { useT } from "~/i18n";
import { IconButton } from "~/ui";

/** Up and down, with the name of the thing. */
export function Order({
  name,
  at,
  last,
  onMove,
}: {
  name: string;
  at: number;
  last: number;
  onMove: (to: number) => void;
}) {
  const t = useT();
  if (last < 1) return null;
  return (
    <span className="etalage__order">
      <IconButton
        icon="down"
        data-up
        label={t("showcase.up", { name })}
        aria-disabled={at === 0}
        onClick={() => at > 0 && onMove(at - 1)}
      />
      <IconButton
        icon="down"
        label={t("showcase.down", { name })}
        aria-disabled={at === last}
        onClick={() => at < last && onMove(at + 1)}
      />
    </span>
  );
}
