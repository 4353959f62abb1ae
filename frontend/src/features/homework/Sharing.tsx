import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { ChoiceGrid, Icon, type IconName, Note, useToast } from "~/ui";
import { type Homework, type Reach, useShare } from "./useHomework";

const SIGNS: Record<Reach, IconName> = { nobody: "me", home: "begin", school: "school" };

/** Who reads it: the pupil's own choice, in words, and it can be taken back. */
export function Sharing({ card, disabled }: { card: Homework; disabled?: boolean }) {
  const t = useT();
  const me = useMe();
  const toast = useToast();
  const share = useShare(card.id);
  const failed = (error: unknown) =>
    toast({ text: error instanceof ApiProblem ? error.message : t("homework.failed") });
  const choose = async (reach: Reach) => {
    if (disabled || share.isPending || reach === card.reach) return;
    const before = card.reach;
    try {
      const receipt = await share.mutateAsync({ reach, version: card.version });
      toast({
        text: t(`homework.sharedNow.${reach}`),
        action: () => void share.mutateAsync({ reach: before, version: receipt.version }).catch(failed),
      });
    } catch (error) {
      failed(error);
    }
  };
  const together = card.begunBy.id !== card.pupil.id;
  return (
    <>
      <ChoiceGrid
        label={t("homework.who")}
        list
        options={(["school", "home", "nobody"] as const).map((reach) => ({
          value: reach,
          label: t(`homework.who.${reach}`),
          hint:
            reach === "nobody" && together
              ? t("homework.who.begunBy", { name: card.begunBy.name })
              : undefined,
          sign: <Icon name={SIGNS[reach]} />,
        }))}
        value={share.isPending ? share.variables.reach : card.reach}
        onChange={(reach) => void choose(reach)}
      />
      {me.pupil && !me.pupil.homeSharing && (
        <Note icon="lock">
          <p>{t("homework.homeClosed")}</p>
        </Note>
      )}
    </>
  );
}
