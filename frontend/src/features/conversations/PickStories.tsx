import { useT } from "~/i18n";
import { Drawing, EmptyState, ErrorState, Icon, LinkButton, Loading, OwnWords, Photo } from "~/ui";
import { cardOf } from "~/ui/cardOf";
import { useOwnStories } from "./useTalks";

const MOST = 3;

interface Props {
  pupilId: string;
  open: boolean;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Up to three own stories to bring along, by their pictures. */
export function PickStories({ pupilId, open, chosen, onChange }: Props) {
  const t = useT();
  const stories = useOwnStories(pupilId, open);
  if (stories.isError) return <ErrorState error={stories.error} onRetry={() => stories.refetch()} />;
  if (!stories.data) return <Loading cards={2} />;
  if (stories.data.length === 0)
    return (
      <EmptyState action={<LinkButton to="/erbij">{t("talks.pick.make")}</LinkButton>}>
        {t("talks.pick.none")}
      </EmptyState>
    );
  return (
    <fieldset className="tp-stack">
      <legend className="tp-soft talk__legend">{t("talks.pick.hint", { count: chosen.length })}</legend>
      <div className="talk__picks">
        {stories.data.map((story) => {
          const { photo, kind, title, workFields } = cardOf(story, t);
          const picked = chosen.includes(story.id);
          return (
            <label key={story.id} className="talk__pick">
              <input
                type="checkbox"
                checked={picked}
                disabled={!picked && chosen.length >= MOST}
                onChange={() =>
                  onChange(picked ? chosen.filter((one) => one !== story.id) : [...chosen, story.id])
                }
              />
              {photo ? <Photo {...photo} /> : <Drawing kind={kind} field={workFields?.[0]} />}
              <span>
                {picked && <Icon name="check" />}
                <OwnWords>{title || t(`kind.${kind}`)}</OwnWords>
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
