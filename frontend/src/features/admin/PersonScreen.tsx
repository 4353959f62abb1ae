import { useState } from "react";
import { Link, useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, today } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { Avatar, ErrorState, Loading, Note, QuietButton, QuietLink } from "~/ui";
import { Changes } from "./Changes";
import { Correct } from "./Correct";
import { listAddress } from "./listAddress";
import { PupilBlock } from "./PupilBlock";
import { Block } from "./parts";
import { SignInBlock } from "./SignInBlock";
import { StaffBlock } from "./StaffBlock";
import { type Person, usePerson } from "./useAdmin";
import { whatInWords } from "./words";
import "./admin.css";

/** One person as the admin administers them: who, what they are here, how they come in, what changed. */
export default function PersonScreen() {
  const t = useT();
  const { personId = "" } = useParams<{ personId: string }>();
  const person = usePerson(personId);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <QuietLink to={listAddress()} icon="back">
        {t("admin.toPeople")}
      </QuietLink>
      {person.isPending && <Loading />}
      {person.isError && !person.data && (
        <>
          <h1 className="tp-hidden">{t("admin.people")}</h1>
          <ErrorState error={person.error} onRetry={() => person.refetch()} />
        </>
      )}
      {person.data && <File person={person.data} />}
    </div>
  );
}

function File({ person }: { person: Person }) {
  const t = useT();
  usePageTitle(person.name);
  return (
    <>
      <Head person={person} />
      <div className="tp-columns">
        <div className="tp-stack">
          {person.isPupil && <PupilBlock person={person} />}
          {person.isPupil && (
            <p>
              <QuietLink to={`/beheer/gegevens/${person.id}/wissen`} icon="trash">
                {t("privacy.office.erase")}
              </QuietLink>
            </p>
          )}
          <StaffBlock person={person} />
          <Relatives id="guardians" title={t("admin.guardians")} people={person.guardians} />
          <Relatives id="children" title={t("admin.children")} people={person.children} />
        </div>
        <div className="tp-stack">
          <SignInBlock person={person} />
          <Block id="changes" title={t("admin.changes")}>
            <Changes acts={person.acts} />
          </Block>
        </div>
      </div>
    </>
  );
}

function Head({ person }: { person: Person }) {
  const t = useT();
  const language = useLanguage();
  const [correcting, setCorrecting] = useState(false);
  const [running] = person.placements.flatMap((placement) => placement.memberships);
  const facts = [
    whatInWords(
      {
        ...person,
        roles: person.roles.filter(({ endsOn }) => !isOver(endsOn)).map(({ role }) => role),
        group: person.endedOn ? null : (running?.group ?? null),
      },
      t,
    ),
    person.birthDate && t("admin.born", { day: dayInWords(person.birthDate, language) }),
    person.mark && t("admin.mark", { mark: person.mark }),
  ];
  return (
    <header className="tp-stack admin__person">
      <div className="tp-row tp-row--nowrap">
        <Avatar id={person.id} name={person.name} large />
        <div className="tp-grow">
          <h1 tabIndex={-1}>
            <bdi>{person.name}</bdi>
          </h1>
          <p className="tp-soft">{facts.filter(Boolean).join(" · ")}</p>
        </div>
      </div>
      {person.closedOn && (
        <Note tone="wait" icon="lock">
          <p>{t("admin.closed.since", { day: dayInWords(person.closedOn, language) })}</p>
        </Note>
      )}
      {person.endedOn && (
        <Note>
          <p>
            {t("admin.ended.long", { name: person.givenName, day: dayInWords(person.endedOn, language) })}
          </p>
        </Note>
      )}
      {person.administered && (
        <p>
          <QuietButton icon="pencil" onClick={() => setCorrecting(true)}>
            {t(person.isPupil ? "admin.correct" : "admin.correct.name")}
          </QuietButton>
        </p>
      )}
      {correcting && <Correct person={person} onClose={() => setCorrecting(false)} />}
    </header>
  );
}

function isOver(endsOn: string | null): boolean {
  return endsOn !== null && endsOn < today();
}

function Relatives({ id, title, people }: { id: string; title: string; people: Person["guardians"] }) {
  const t = useT();
  if (people.length === 0) return null;
  return (
    <Block id={id} title={title}>
      <ul className="tp-list">
        {people.map((one) => (
          <li key={one.id}>
            <Avatar id={one.id} name={one.name} />
            <div className="tp-grow">
              <Link href={`/beheer/mensen/${one.id}`}>
                <bdi>{one.name}</bdi>
              </Link>
              <p className="tp-small tp-soft">
                {t(`admin.guardian.${one.state}`)} · {t(`admin.custody.${one.custody}`)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Block>
  );
}
