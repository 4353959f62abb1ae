import { useState } from "react";
import { Link, useParams } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, schoolYear, today } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import {
  Avatar,
  Button,
  EmptyState,
  ErrorState,
  FilterPills,
  Icon,
  Loading,
  QuietButton,
  QuietLink,
  TextField,
  useToast,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import { Block, DayChoice, FormDialog, Select } from "./parts";
import { Sure } from "./SignInBlock";
import { AssignmentEnd } from "./StaffBlock";
import {
  fieldProblem,
  type GroupFile,
  type GroupTeacher,
  useAct,
  useCards,
  useGroup,
  usePeople,
} from "./useAdmin";
import { dayName, spanInWords } from "./words";
import "./admin.css";

/** One group: who is in it, who teaches it, and cards to print. */
export default function GroupScreen() {
  const t = useT();
  const { groupId = "" } = useParams<{ groupId: string }>();
  const group = useGroup(groupId);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <QuietLink to="/beheer/groepen" icon="back">
        {t("admin.toGroups")}
      </QuietLink>
      {group.isPending && <Loading />}
      {group.isError && !group.data && (
        <>
          <h1 className="tp-hidden">{t("admin.groups")}</h1>
          <ErrorState error={group.error} onRetry={() => group.refetch()} />
        </>
      )}
      {group.data && <Loaded group={group.data} />}
    </div>
  );
}

function Loaded({ group }: { group: GroupFile }) {
  const t = useT();
  const name = groupName(group, t);
  const [renaming, setRenaming] = useState(false);
  const isOver = group.endsOn < today();
  usePageTitle(name);
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{name}</h1>
        <p className="tp-soft">
          {[
            t(`school.level.${group.level}`),
            t("admin.year", { year: schoolYear(group.schoolYear) }),
            t("school.groupPupils", { count: group.members.length }),
          ].join(" · ")}
        </p>
        <QuietButton icon="pencil" onClick={() => setRenaming(true)}>
          {t("admin.group.rename")}
        </QuietButton>
      </header>
      {renaming && <Rename group={group} onClose={() => setRenaming(false)} />}
      <div className="tp-columns">
        <Members group={group} name={name} />
        <Teachers group={group} name={name} closed={isOver} />
      </div>
    </>
  );
}

function Members({ group, name }: { group: GroupFile; name: string }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const cards = useCards();
  const runs = group.startsOn <= today() && today() <= group.endsOn;
  const print = () =>
    cards.mutate(
      { groupId: group.id, fileName: fileName(name) },
      {
        onSuccess: () => {
          toast({ text: t("classSignIn.cards.made") });
          setAsking(false);
        },
      },
    );
  return (
    <Block
      id="members"
      title={t("group.pupils")}
      actions={
        runs &&
        group.members.length > 0 && (
          <Button look="secondary" icon="file" onClick={() => setAsking(true)}>
            {t("admin.cards")}
          </Button>
        )
      }
    >
      {group.members.length === 0 && <EmptyState>{t("admin.group.empty")}</EmptyState>}
      <ul className="tp-list">
        {group.members.map((pupil) => (
          <li key={pupil.id}>
            <Avatar id={pupil.id} name={pupil.name} />
            <div className="tp-grow">
              <Link href={`/beheer/mensen/${pupil.id}`}>
                <bdi>{pupil.name}</bdi>
              </Link>
              <p className="tp-small tp-soft">
                {[
                  pupil.birthDate && dayInWords(pupil.birthDate, language),
                  pupil.mark && t("admin.mark", { mark: pupil.mark }),
                  pupil.cardSince
                    ? t("classSignIn.hasCard", { day: dayInWords(pupil.cardSince, language) })
                    : t("classSignIn.noCard"),
                  !pupil.hasPin && t("classSignIn.noPin"),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            {pupil.closed && (
              <span className="tp-state" data-state="wait">
                <Icon name="lock" />
                {t("admin.sign.closed")}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Sure
        title={t("admin.cards.sure", { group: name })}
        text={t("admin.cards.text", { count: group.members.length })}
        yes={t("classSignIn.cards.yes")}
        open={asking}
        act={{ busy: cards.isPending, error: cards.error }}
        onClose={() => setAsking(false)}
        onYes={print}
      />
    </Block>
  );
}

function Teachers({ group, name, closed }: { group: GroupFile; name: string; closed: boolean }) {
  const t = useT();
  const [assigning, setAssigning] = useState(false);
  return (
    <Block
      id="teachers"
      title={t("admin.teachers")}
      actions={
        !closed && (
          <Button look="secondary" icon="plus" onClick={() => setAssigning(true)}>
            {t("admin.assign")}
          </Button>
        )
      }
    >
      {group.teachers.length === 0 && <p className="tp-soft">{t("admin.group.noTeacher")}</p>}
      <ul className="tp-list">
        {group.teachers.map((teacher) => (
          <Teacher key={teacher.assignmentId} teacher={teacher} group={name} closed={closed} />
        ))}
      </ul>
      {assigning && <AssignForm group={group} name={name} onClose={() => setAssigning(false)} />}
    </Block>
  );
}

function Teacher({ teacher, group, closed }: { teacher: GroupTeacher; group: string; closed: boolean }) {
  const t = useT();
  const language = useLanguage();
  return (
    <li>
      <Avatar id={teacher.id} name={teacher.name} />
      <div className="tp-grow">
        <Link href={`/beheer/mensen/${teacher.id}`}>
          <bdi>{teacher.name}</bdi>
        </Link>
        <p className="tp-small tp-soft">
          {[teacher.isMentor && t("admin.mentor"), spanInWords(teacher, t, language)]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {!closed && (
        <AssignmentEnd id={teacher.assignmentId} dates={teacher} name={teacher.name} group={group} />
      )}
    </li>
  );
}

const AS = ["mentor", "teacher", "substitute"] as const;

function AssignForm({ group, name, onClose }: { group: GroupFile; name: string; onClose: () => void }) {
  const t = useT();
  const language = useLanguage();
  const staff = usePeople("", "staff");
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = staff;
  if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  const [personId, setPersonId] = useState("");
  const [as, setAs] = useState<(typeof AS)[number]>("teacher");
  const [startsOn, setStartsOn] = useState([group.startsOn, today()].sort().at(-1) ?? "");
  const [endsOn, setEndsOn] = useState(today());
  const assign = useAct((wish: Schema<"NewAssignment">, school_id) =>
    body(
      api.POST("/v1/schools/{school_id}/groups/{group_id}/assignments", {
        params: { path: { school_id, group_id: group.id } },
        body: wish,
      }),
    ),
  );
  const teachers = (staff.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter(({ roles }) => roles.includes("teacher"));
  const chosen = teachers.find(({ id }) => id === personId)?.name ?? "";
  return (
    <FormDialog
      title={t("admin.assign.to", { group: name })}
      open
      onClose={onClose}
      busy={assign.busy}
      error={assign.error}
      send={chosen ? t("admin.assign.send", { name: chosen }) : t("admin.assign")}
      onSend={() =>
        assign.go(
          {
            personId,
            isMentor: as === "mentor",
            startsOn,
            endsOn: as === "substitute" ? endsOn : null,
          },
          {
            words: t("admin.assigned", { name: chosen, group: name, day: dayName(startsOn, language) }),
            after: onClose,
          },
        )
      }
    >
      <Select
        label={t("admin.teacher")}
        value={personId}
        onChange={(event) => setPersonId(event.target.value)}
        error={fieldProblem(assign.error, "/personId")}
        options={teachers.map((one) => ({
          value: one.id,
          label: one.mark ? `${one.name} (${one.mark})` : one.name,
        }))}
      />
      <div className="tp-field">
        <FilterPills
          label={t("admin.as")}
          showLabel
          value={as}
          onChange={setAs}
          options={AS.map((value) => ({ value, label: t(`admin.as.${value}`) }))}
        />
      </div>
      <DayChoice
        label={t("admin.firstDay")}
        names={["today", "tomorrow"]}
        value={startsOn}
        onChange={setStartsOn}
        hint={as === "substitute" ? undefined : t("admin.assign.hint")}
        error={fieldProblem(assign.error, "/startsOn")}
      />
      {as === "substitute" && (
        <DayChoice
          label={t("admin.lastDay.label")}
          hint={t("admin.assign.substitute")}
          names={["today", "tomorrow"]}
          value={endsOn}
          onChange={setEndsOn}
          error={fieldProblem(assign.error, "/endsOn")}
        />
      )}
    </FormDialog>
  );
}

function Rename({ group, onClose }: { group: GroupFile; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState(group.name);
  const rename = useAct((change: Schema<"GroupChange">, school_id) =>
    body(
      api.PATCH("/v1/schools/{school_id}/groups/{group_id}", {
        params: { path: { school_id, group_id: group.id } },
        body: change,
      }),
    ),
  );
  return (
    <FormDialog
      title={t("admin.group.renameOf", { group: groupName(group, t) })}
      open
      onClose={onClose}
      busy={rename.busy}
      error={rename.error}
      send={t("admin.keep")}
      onSend={() => rename.go({ name }, { words: t("admin.group.renamed", { name }), after: onClose })}
    >
      <TextField
        label={t("admin.group.name")}
        value={name}
        maxLength={30}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
        error={fieldProblem(rename.error, "/name")}
      />
    </FormDialog>
  );
}

function fileName(group: string): string {
  return `kaarten-${group.toLowerCase().replace(/[^a-z0-9]+/gu, "-")}.pdf`;
}
