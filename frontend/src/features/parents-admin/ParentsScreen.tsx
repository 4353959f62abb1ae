import { useSearchParams } from "wouter";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { ErrorState, FilterPills, Loading } from "~/ui";
import { Letters } from "./Letters";
import { Links } from "./Links";
import { MailCounts } from "./MailCounts";
import { useParents } from "./useParents";
import { Waiting } from "./Waiting";
import "./parents-admin.css";

const TABS = ["waiting", "letters", "links"] as const;

/** Parents of a school: who waits for a yes, letters to print, and who is whose parent. */
export default function ParentsScreen() {
  const t = useT();
  const { roles } = useMe();
  const [params, setParams] = useSearchParams();
  const schools = roles.flatMap(({ role, school }) => (role === "admin" && school ? [school] : []));
  const school = schools.find(({ id }) => id === params.get("school")) ?? schools[0];
  const tab = TABS.find((each) => each === params.get("deel")) ?? "waiting";
  const parents = useParents(school?.id ?? "");
  const go = (next: { school?: string; deel?: string }) =>
    setParams({ ...(school ? { school: school.id } : {}), deel: tab, ...next }, { replace: true });
  return (
    <div className="tp-page tp-page--wide tp-stack parents-admin">
      <header className="tp-stack">
        <div>
          <h1 tabIndex={-1}>{t("parentsAdmin.title")}</h1>
          <p className="tp-soft">{school?.name}</p>
        </div>
        {schools.length > 1 && school && (
          <FilterPills
            label={t("school.switch")}
            options={schools.map(({ id, name }) => ({ value: id, label: name }))}
            value={school.id}
            onChange={(id) => go({ school: id })}
          />
        )}
        <FilterPills
          label={t("parentsAdmin.parts")}
          options={TABS.map((value) => ({
            value,
            label: t(`parentsAdmin.part.${value}`),
            count: value === "waiting" ? parents.data?.waiting : undefined,
          }))}
          value={tab}
          onChange={(deel) => go({ deel })}
        />
      </header>
      {parents.isPending && <Loading />}
      {parents.isError && !parents.data && (
        <ErrorState error={parents.error} onRetry={() => parents.refetch()} />
      )}
      {parents.data && tab === "waiting" && <Waiting schoolId={parents.data.id} />}
      {parents.data && tab === "letters" && <Letters parents={parents.data} />}
      {parents.data && tab === "links" && <Links schoolId={parents.data.id} />}
      {parents.data && tab === "links" && <MailCounts schoolId={parents.data.id} />}
    </div>
  );
}
