import { Link } from "wouter";
import { useT } from "~/i18n";
import { lastUsed, useLeft, useSchoolAccounts } from "~/session/schoolAccounts";
import { Icon, Note } from "~/ui";
import { useSignOutAddress } from "./useSchoolAccount";

/** The ways in with an account of the school itself; the one that was used here last comes first. */
export function SchoolAccounts({ then }: { then: string }) {
  const t = useT();
  const last = lastUsed();
  const providers = [...useSchoolAccounts()].sort((a, b) => Number(b.id === last) - Number(a.id === last));
  if (providers.length === 0) return null;
  return (
    <section className="tp-page tp-stack sign-in__form" aria-labelledby="school-accounts">
      <h2 id="school-accounts">{t("signIn.school")}</h2>
      <div className="sign-in__ways">
        {providers.map(({ id, name }) => (
          <Link
            key={id}
            href={`/schoolaccount/${id}?naar=${encodeURIComponent(then)}`}
            className="tp-choice__option sign-in__way"
          >
            <Icon name="school" />
            <span>
              <bdi>{name}</bdi>
              {id === last && <span className="tp-choice__hint">{t("signIn.school.last")}</span>}
            </span>
          </Link>
        ))}
      </div>
    </section>
  );
}

/** Who signed out here may be signed in at the school account still. */
export function LeftBehindThere() {
  const t = useT();
  const left = useLeft();
  const out = useSignOutAddress(left?.id);
  if (!left || out.isPending) return null;
  return (
    <div className="tp-page sign-in__form" role="status">
      <Note tone="wait" icon="leave">
        <p>{t("signIn.school.left", { name: left.name })}</p>
        {out.data ? (
          <a className="tp-quiet" href={out.data}>
            {t("signIn.school.leave", { name: left.name })}
          </a>
        ) : (
          <p>{t("signIn.school.close")}</p>
        )}
      </Note>
    </div>
  );
}
