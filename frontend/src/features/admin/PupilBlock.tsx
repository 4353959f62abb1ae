import { useState } from "react";
import { Link } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { schoolYear, schoolYearOf, today } from "~/i18n/dates";
import { Button } from "~/ui";
import { groupName } from "~/ui/groupName";
import { LastDay } from "./LastDay";
import { Block, DayChoice, FormDialog, Select } from "./parts";
import { fieldProblem, type Person, type Placement, useAct, useGroups } from "./useAdmin";
import { dayName, spanInWords } from "./words";

/** Where a pupil is at this school: since when, in which group, and until when. */
export function PupilBlock({ person }: { person: Person }) {
  const t = useT();
  const [doing, setDoing] = useState<"move" | "end" | "back" | null>(null);
  const close = () => setDoing(null);
  const now = today();
  const current = person.placements.find(({ endsOn }) => endsOn === null || endsOn >= now);
  return (
    <Block
      id="pupil"
      title={t("admin.atSchool")}
      actions={
        current ? (
          <>
            <Button look="secondary" icon="together" onClick={() => setDoing("move")}>
              {t("admin.move")}
            </Button>
            <Button look="secondary" icon="calendar" onClick={() => setDoing("end")}>
              {t("admin.lastDay")}
            </Button>
          </>
        ) : (
          <Button look="secondary" icon="undo" onClick={() => setDoing("back")}>
            {t("admin.back")}
          </Button>
        )
      }
    >
      {person.placements.map((placement) => (
        <OnePlacement key={placement.id} placement={placement} />
      ))}
      {doing === "move" && current && <MoveForm person={person} placement={current} onClose={close} />}
      {doing === "end" && current && <EndForm person={person} placement={current} onClose={close} />}
      {doing === "back" && <BackForm person={person} onClose={close} />}
    </Block>
  );
}

function OnePlacement({ placement }: { placement: Placement }) {
  const t = useT();
  const language = useLanguage();
  return (
    <div>
      <p>
        <b>{t("admin.placement", { span: spanInWords(placement, t, language) })}</b>
      </p>
      {placement.memberships.length === 0 && <p className="tp-soft">{t("admin.sign.noGroup")}</p>}
      <ul className="tp-list">
        {placement.memberships.map((one) => (
          <li key={one.id}>
            <div className="tp-grow">
              <Link href={`/beheer/groepen/${one.group.id}`}>{groupName(one.group, t)}</Link>
              <p className="tp-small tp-soft">
                {t("admin.year", { year: schoolYear(one.schoolYear) })} · {spanInWords(one, t, language)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

type FormProps = { person: Person; placement: Placement; onClose: () => void };

function MoveForm({ person, placement, onClose }: FormProps) {
  const t = useT();
  const language = useLanguage();
  const [groupId, setGroupId] = useState("");
  const [startsOn, setStartsOn] = useState(today());
  const move = useAct((wish: Schema<"Move">, school_id) =>
    body(
      api.POST("/v1/schools/{school_id}/placements/{placement_id}/moves", {
        params: { path: { school_id, placement_id: placement.id } },
        body: wish,
      }),
    ),
  );
  return (
    <FormDialog
      title={t("admin.move.of", { name: person.name })}
      open
      onClose={onClose}
      busy={move.busy}
      error={move.error}
      send={t("admin.move.send", { name: person.givenName })}
      onSend={() =>
        move.go(
          { groupId, startsOn },
          {
            words: t("admin.moved", { name: person.name, day: dayName(startsOn, language) }),
            after: onClose,
          },
        )
      }
    >
      <GroupSelect value={groupId} onChange={setGroupId} error={fieldProblem(move.error, "/groupId")} />
      <DayChoice
        label={t("admin.firstDay.group")}
        hint={t("admin.move.hint")}
        names={["today", "tomorrow"]}
        value={startsOn}
        onChange={setStartsOn}
        error={fieldProblem(move.error, "/startsOn")}
      />
    </FormDialog>
  );
}

function EndForm({ person, placement, onClose }: FormProps) {
  const t = useT();
  const language = useLanguage();
  const end = useAct((last: Schema<"LastDay">, school_id) =>
    body(
      api.PATCH("/v1/schools/{school_id}/placements/{placement_id}", {
        params: { path: { school_id, placement_id: placement.id } },
        body: last,
      }),
    ),
  );
  return (
    <LastDay
      title={t("admin.lastDay.of", { name: person.name })}
      hint={t("admin.lastDay.pupil")}
      names={["today", "yearEnd"]}
      send={t("admin.lastDay.send", { name: person.givenName })}
      act={end}
      onClose={onClose}
      words={(day) => t("admin.placementEnded", { name: person.name, day: dayName(day, language) })}
    />
  );
}

function BackForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT();
  const language = useLanguage();
  const [groupId, setGroupId] = useState("");
  const [startsOn, setStartsOn] = useState(today());
  const back = useAct(
    (wish: Schema<"NewPlacement">, school_id) =>
      body(
        api.POST("/v1/schools/{school_id}/people/{person_id}/placements", {
          params: { path: { school_id, person_id: person.id } },
          body: wish,
        }),
      ),
    { undo: false },
  );
  return (
    <FormDialog
      title={t("admin.back.of", { name: person.name })}
      open
      onClose={onClose}
      busy={back.busy}
      error={back.error}
      send={t("admin.back.send", { name: person.givenName })}
      onSend={() =>
        back.go(
          { groupId, startsOn },
          {
            words: t("admin.placed", { name: person.name, day: dayName(startsOn, language) }),
            after: onClose,
          },
        )
      }
    >
      <GroupSelect value={groupId} onChange={setGroupId} error={fieldProblem(back.error, "/groupId")} />
      <DayChoice
        label={t("admin.firstDay")}
        names={["today", "tomorrow"]}
        value={startsOn}
        onChange={setStartsOn}
        error={fieldProblem(back.error, "/startsOn")}
      />
    </FormDialog>
  );
}

/** The groups of this school year and, where there are any, of the next. */
function GroupSelect({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (id: string) => void;
  error?: string;
}) {
  const t = useT();
  const now = useGroups();
  const year = schoolYearOf(today());
  const next = useGroups(year + 1);
  const groups = [...(now.data?.items ?? []), ...(next.data?.items ?? [])];
  return (
    <Select
      label={t("admin.group")}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      options={groups.map((group) => ({
        value: group.id,
        label:
          group.schoolYear === year
            ? groupName(group, t)
            : `${groupName(group, t)}, ${schoolYear(group.schoolYear)}`,
      }))}
    />
  );
}
