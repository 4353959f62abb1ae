import { useState } from "react";
import { useT } from "~/i18n";
import { Button, Note } from "~/ui";
import { Conflict } from "./Conflict";
import type { Writing } from "./useWriting";

type Props = { entryId: string; writing: Writing; onRestart: () => void };

/** Why the server did not take it; and where it was changed elsewhere too, the choice between both. */
export function Refused({ entryId, writing, onRestart }: Props) {
  const t = useT();
  const [asking, setAsking] = useState(true);
  const { me, draft, content } = writing;
  const conflict = draft.refusal?.kind === "conflict";
  return (
    <>
      {draft.refusal && (
        <Note tone="wait">
          <p>{draft.refusal.text}</p>
          {conflict && (
            <Button look="secondary" onClick={() => setAsking(true)}>
              {t("flow.conflictChoose")}
            </Button>
          )}
        </Note>
      )}
      <Conflict
        personId={me.id}
        entryId={entryId}
        mine={content}
        open={conflict && asking}
        onMine={() => void draft.flush()}
        onTheirs={onRestart}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
