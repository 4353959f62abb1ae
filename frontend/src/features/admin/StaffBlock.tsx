import { useState } from "react";
import { Link } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { schoolYear, today } from "~/i18n/dates";
import { Button, ChoiceGrid, FilterPills, QuietButton } from "~/ui";
import { groupName } from "~/ui/groupName";
import { LastDay } from "./LastDay";
import { ROLES } from "./NewPerson";
import { Block, DayChoice, FormDialog } from "./parts";
import { type Assignment, fieldProblem, type Person, type RoleHere, useAct } from "./useAdmin";
import { dayName, spanInWords } from "./words";

/** What somebody does at this school, with the groups that go with it. */
export function StaffBlock({ person }: { person: Person }) {
  const t = useT();
  const [giving, setGiving] = useState(false);
  const maybe = person.isStaff || (person.isGuardian && !person.isPupil);
  if (!maybe) return null;
  return (
    <Block
      id="staff"
      title={t("admin.roles")}
      actions={
        !person.isSelf && (
          <Button look="secondary" icon="plus" onClick={() => setGiving(true)}>
            {t("admin.role.give")}
          </Button>
        )
      }
    >
      {person.roles.length === 0 && <p className="tp-soft">{t("admin.roles.none")}</p>}
      <ul className="tp-stack">
        {person.roles.map((role) => (
          <OneRole key={role.id} person={person} role={role} />
        ))}
      </ul>
      {person.isSelf && <p className="tp-small tp-soft">{t("admin.role.self")}</p>}
      {giving && <RoleForm person={person} onClose={() => setGiving(false)} />}
    </Block>
  );
}

function OneRole({ person, role }: { person: Person; role: RoleHere }) {
  const t = useT();
  const language = useLanguage();
  const [ending, setEnding] = useState(false);
  const words = t(`role.${role.role}`);
  const end = useAct(
    (last: Schema<"LastDay">, school_id) =>
      body(
        api.PATCH("/v1/schools/{school_id}/roles/{role_id}", {
          params: { path: { school_id, role_id: role.id } },
          body: last,
        }),
      ),
    { undo: !person.isSelf },
  );
  const cancel = useAct((_: null, school_id) =>
    body(
      api.DELETE("/v1/schools/{school_id}/roles/{role_id}", {
        params: { path: { school_id, role_id: role.id } },
      }),
    ),
  );
  return (
    <li>
      <div className="tp-row tp-row--between">
        <p>
          <b>{words}</b> <span className="tp-soft">{spanInWords(role, t, language)}</span>
        </p>
        {role.startsOn > today() && <CallOff what={words} name={person.name} act={cancel} />}
        {role.startsOn <= today() && isOpen(role.endsOn) && (
          <QuietButton
            aria-label={t("admin.lastDay.role", { role: words, name: person.name })}
            onClick={() => setEnding(true)}
          >
            {t("admin.lastDay")}
          </QuietButton>
        )}
      </div>
      {role.assignments.length > 0 && (
        <ul className="tp-list">
          {role.assignments.map((one) => (
            <OneAssignment key={one.id} person={person} assignment={one} />
          ))}
        </ul>
      )}
      {ending && (
        <LastDay
          title={t("admin.lastDay.role", { role: words, name: person.name })}
          hint={t("admin.lastDay.roleHint")}
          names={["yesterday", "today", "yearEnd"]}
          send={t("admin.lastDay.roleSend", { role: words })}
          act={end}
          onClose={() => setEnding(false)}
          words={(day) =>
            t("admin.roleEnded", { name: person.name, role: words, day: dayName(day, language) })
          }
        />
      )}
    </li>
  );
}

function OneAssignment({ person, assignment }: { person: Person; assignment: Assignment }) {
  const t = useT();
  const language = useLanguage();
  const group = groupName(assignment.group, t);
  return (
    <li>
      <div className="tp-grow">
        <Link href={`/beheer/groepen/${assignment.group.id}`}>{group}</Link>
        <p className="tp-small tp-soft">
          {[
            assignment.isMentor && t("admin.mentor"),
            t("admin.year", { year: schoolYear(assignment.schoolYear) }),
            spanInWords(assignment, t, language),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <AssignmentEnd id={assignment.id} dates={assignment} name={person.name} group={group} />
    </li>
  );
}

/** Ends a teacher's time with a group, or calls it off while it is yet to begin. */
export function AssignmentEnd({
  id,
  dates,
  name,
  group,
}: {
  id: string;
  dates: { startsOn: string; endsOn: string | null };
  name: string;
  group: string;
}) {
  const t = useT();
  const [ending, setEnding] = useState(false);
  const cancel = useAct((_: null, school_id) =>
    body(
      api.DELETE("/v1/schools/{school_id}/assignments/{assignment_id}", {
        params: { path: { school_id, assignment_id: id } },
      }),
    ),
  );
  if (dates.startsOn > today()) return <CallOff what={group} name={name} act={cancel} />;
  if (!isOpen(dates.endsOn)) return null;
  return (
    <>
      <QuietButton aria-label={t("admin.lastDay.group", { group, name })} onClick={() => setEnding(true)}>
        {t("admin.lastDay")}
      </QuietButton>
      {ending && <EndAssignment id={id} name={name} group={group} onClose={() => setEnding(false)} />}
    </>
  );
}

/** What is yet to begin does not; the message has the way back. */
function CallOff({ what, name, act }: { what: string; name: string; act: ReturnType<typeof useAct<null>> }) {
  const t = useT();
  return (
    <QuietButton
      aria-label={t("admin.callOff.of", { what, name })}
      onClick={() => act.go(null, { words: t("admin.calledOff", { what, name }) })}
    >
      {t("admin.callOff")}
    </QuietButton>
  );
}

/** The last day of a teacher with a group. */
function EndAssignment({
  id,
  name,
  group,
  onClose,
}: {
  id: string;
  name: string;
  group: string;
  onClose: () => void;
}) {
  const t = useT();
  const language = useLanguage();
  const end = useAct((last: Schema<"LastDay">, school_id) =>
    body(
      api.PATCH("/v1/schools/{school_id}/assignments/{assignment_id}", {
        params: { path: { school_id, assignment_id: id } },
        body: last,
      }),
    ),
  );
  return (
    <LastDay
      title={t("admin.lastDay.group", { group, name })}
      hint={t("admin.lastDay.groupHint", { group })}
      names={["yesterday", "today"]}
      send={t("admin.lastDay.groupSend", { group })}
      act={end}
      onClose={onClose}
      words={(day) => t("admin.assignmentEnded", { name, group, day: dayName(day, language) })}
    />
  );
}

function RoleForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT();
  const language = useLanguage();
  const [role, setRole] = useState<(typeof ROLES)[number]>("teacher");
  const [startsOn, setStartsOn] = useState(today());
  const [until, setUntil] = useState<"open" | "day">("open");
  const [endsOn, setEndsOn] = useState(today());
  const give = useAct((wish: Schema<"NewRole">, school_id) =>
    body(
      api.POST("/v1/schools/{school_id}/people/{person_id}/roles", {
        params: { path: { school_id, person_id: person.id } },
        body: wish,
      }),
    ),
  );
  const words = t(`role.${role}`);
  return (
    <FormDialog
      title={t("admin.role.to", { name: person.name })}
      open
      onClose={onClose}
      busy={give.busy}
      error={give.error}
      send={t("admin.role.send", { name: person.givenName, role: words })}
      onSend={() =>
        give.go(
          { role, startsOn, endsOn: until === "day" ? endsOn : null },
          {
            words: t("admin.roleGiven", {
              name: person.name,
              role: words,
              day: dayName(startsOn, language),
            }),
            after: onClose,
          },
        )
      }
    >
      <ChoiceGrid
        label={t("admin.role")}
        value={role}
        onChange={setRole}
        list
        options={ROLES.map((value) => ({ value, label: t(`role.${value}`), hint: t(`admin.role.${value}`) }))}
      />
      <DayChoice
        label={t("admin.firstDay")}
        names={["today", "tomorrow"]}
        value={startsOn}
        onChange={setStartsOn}
        error={fieldProblem(give.error, "/startsOn")}
      />
      <div className="tp-field">
        <FilterPills
          label={t("admin.until")}
          showLabel
          value={until}
          onChange={setUntil}
          options={[
            { value: "open", label: t("admin.until.open") },
            { value: "day", label: t("admin.until.day") },
          ]}
        />
      </div>
      {until === "day" && (
        <DayChoice
          label={t("admin.lastDay.label")}
          names={["yearEnd"]}
          value={endsOn}
          onChange={setEndsOn}
          error={fieldProblem(give.error, "/endsOn")}
        />
      )}
    </FormDialog>
  );
}

function isOpen(endsOn: string | null): boolean {
  return endsOn === null || endsOn >= today();
}
