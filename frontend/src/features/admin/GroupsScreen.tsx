import { useState } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { Button, EmptyState, ErrorState, FilterPills, Loading, TextField } from "~/ui";
import { groupName } from "~/ui/groupName";
import { FormDialog } from "./parts";
import { fieldProblem, type Group, useAct, useGroups } from "./useAdmin";
import "./admin.css";

const LEVELS = ["po", "vmbo", "havo", "vwo", "mbo"] as const;
type Level = (typeof LEVELS)[number];

/** The groups of the school, one school year at a time. */
export default function GroupsScreen() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const asked = Number(params.get("jaar")) || undefined;
  const groups = useGroups(asked);
  const [making, setMaking] = useState(false);
  const years = groups.data?.schoolYears ?? [];
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <header className="tp-row tp-row--between">
        <h1 tabIndex={-1}>{t("admin.groups")}</h1>
        <Button look="secondary" icon="plus" onClick={() => setMaking(true)}>
          {t("admin.group.make")}
        </Button>
      </header>
      {years.length > 1 && (
        <FilterPills
          label={t("admin.schoolYear")}
          value={String(groups.data?.schoolYear)}
          onChange={(year) => setParams({ jaar: year }, { replace: true })}
          options={years.map((year) => ({ value: String(year), label: schoolYear(year) }))}
        />
      )}
      {groups.isPending && <Loading />}
      {groups.isError && <ErrorState error={groups.error} onRetry={() => groups.refetch()} />}
      {groups.data?.items.length === 0 && <EmptyState>{t("admin.groups.none")}</EmptyState>}
      {groups.data && groups.data.items.length > 0 && (
        <ul className="admin__groups">
          {groups.data.items.map((group) => (
            <li key={group.id}>
              <GroupCard group={group} />
            </li>
          ))}
        </ul>
      )}
      {making && groups.data && (
        <GroupForm
          years={years}
          schoolYear={groups.data.schoolYear}
          level={groups.data.items[0]?.level ?? "vmbo"}
          onClose={() => setMaking(false)}
        />
      )}
    </div>
  );
}

function GroupCard({ group }: { group: Group }) {
  const t = useT();
  return (
    <article className="tp-card admin__group">
      <h2>
        <Link href={`/beheer/groepen/${group.id}`}>{groupName(group, t)}</Link>
      </h2>
      <p>{t("school.groupPupils", { count: group.pupilCount })}</p>
      <p className="tp-small tp-soft">
        {group.teachers.length > 0 ? group.teachers.join(", ") : t("admin.group.noTeacher")}
      </p>
    </article>
  );
}

function GroupForm({
  years,
  schoolYear: shown,
  level: usual,
  onClose,
}: {
  years: readonly number[];
  schoolYear: number;
  level: Level;
  onClose: () => void;
}) {
  const t = useT();
  const [, go] = useLocation();
  const [name, setName] = useState("");
  const [level, setLevel] = useState<Level>(usual);
  const [studyYear, setStudyYear] = useState(usual === "po" ? 7 : 1);
  const [year, setYear] = useState(shown);
  const make = useAct(
    (group: Schema<"NewGroup">, school_id) =>
      body(api.POST("/v1/schools/{school_id}/groups", { params: { path: { school_id } }, body: group })),
    { undo: false },
  );
  const steps = level === "po" ? [7, 8] : [1, 2, 3, 4, 5, 6];
  return (
    <FormDialog
      title={t("admin.group.make")}
      open
      onClose={onClose}
      busy={make.busy}
      error={make.error}
      send={name ? t("admin.group.send", { name }) : t("admin.group.make")}
      onSend={() =>
        make.go(
          { name, level, studyYear, schoolYear: year },
          {
            words: t("admin.group.made", { name }),
            after: (made) => made && go(`/beheer/groepen/${made.id}`),
          },
        )
      }
    >
      <TextField
        label={t("admin.group.name")}
        hint={t("admin.group.nameHint")}
        value={name}
        maxLength={30}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
        error={fieldProblem(make.error, "/name")}
      />
      <div className="tp-field">
        <FilterPills
          label={t("admin.level")}
          showLabel
          value={level}
          onChange={(next) => {
            setLevel(next);
            setStudyYear(next === "po" ? 7 : Math.min(studyYear, 6));
          }}
          options={LEVELS.map((value) => ({ value, label: t(`school.level.${value}`) }))}
        />
      </div>
      <div className="tp-field">
        <FilterPills
          label={t(level === "po" ? "admin.studyYear.po" : "admin.studyYear")}
          showLabel
          value={String(studyYear)}
          onChange={(step) => setStudyYear(Number(step))}
          options={steps.map((step) => ({ value: String(step), label: String(step) }))}
        />
      </div>
      <div className="tp-field">
        <FilterPills
          label={t("admin.schoolYear")}
          showLabel
          value={String(year)}
          onChange={(next) => setYear(Number(next))}
          options={years
            .slice(0, 2)
            .reverse()
            .map((one) => ({ value: String(one), label: schoolYear(one) }))}
        />
      </div>
    </FormDialog>
  );
}
