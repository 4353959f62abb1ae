import { useT } from "~/i18n";
import { useChooseField } from "~/session/suggestion";
import { QuietButton, useToast, type WorkField } from "~/ui";

/** The pupil does not want to be pointed to this kind of work, or does again. Nobody else sees it. */
export function NotForMe({ field, said }: { field: WorkField; said: boolean }) {
  const t = useT();
  const toast = useToast();
  const choose = useChooseField();
  const work = t(`field.${field}`);
  const say = (notForMe: boolean) =>
    choose.mutateAsync({ field, notForMe }).catch(() => toast({ text: t("picture.choiceFailed") }));
  const decline = async () => {
    await say(true);
    toast({ text: t("picture.declined", { work }), action: () => void say(false) });
  };
  return said ? (
    <div>
      <p className="tp-soft">{t("picture.saidNotForMe")}</p>
      <QuietButton icon="undo" onClick={() => say(false)}>
        {t("picture.yetForMe")}
      </QuietButton>
    </div>
  ) : (
    <QuietButton onClick={decline}>{t("picture.notForMe")}</QuietButton>
  );
}
