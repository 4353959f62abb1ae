import { useT } from "~/i18n";
import { useChangeMe, useMe } from "~/session";
import { useAnswerConsent } from "~/session/consent";
import { ChoiceGrid, Facts, LanguageSwitch, QuietLink, useToast } from "~/ui";
import { groupName } from "~/ui/groupName";
import { Password } from "./Password";
import { PutAway } from "./PutAway";
import { Sessions } from "./Sessions";
import { useUnsaved } from "./useSettings";

/** "Ik": language, who at home may look, where I am signed in, and what I put away. */
export default function SettingsScreen() {
  const t = useT();
  const me = useMe();
  const change = useChangeMe();
  const unsaved = useUnsaved(me.id);
  const choosesHome = me.pupil?.ageRule === "from16" || me.pupil?.ageRule === "from18";
  return (
    <div className="tp-page tp-stack settings">
      <header>
        <h1>{me.name}</h1>
        <p className="tp-soft">
          <Facts of={[me.pupil?.group && groupName(me.pupil.group, t), me.pupil?.school?.name]} />
        </p>
      </header>
      <section className="tp-card tp-stack" aria-labelledby="language">
        <h2 id="language">{t("settings.language")}</h2>
        <LanguageSwitch onChoose={(locale) => change.mutate({ locale })} />
      </section>
      <section className="tp-card tp-stack" aria-labelledby="notices">
        <h2 id="notices">{t("notices.title")}</h2>
        <QuietLink to="/berichten" iconAfter="forward">
          {t("settings.notices")}
        </QuietLink>
        <QuietLink to="/berichten/instellingen" iconAfter="forward">
          {t("settings.noticesHint")}
        </QuietLink>
      </section>
      {choosesHome && <HomeSharing pupilId={me.id} on={me.pupil?.homeSharing ?? false} />}
      {me.pupil && (
        <section className="tp-card tp-card--sea tp-stack" aria-labelledby="looks">
          <h2 id="looks">{t("settings.looks")}</h2>
          <QuietLink to="/wie-keek-er" iconAfter="forward">
            {t("settings.looksHint")}
          </QuietLink>
          <QuietLink to={`/toestemming/${me.id}`} iconAfter="forward">
            {t("settings.consents")}
          </QuietLink>
          {me.pupil.ageRule !== "under12" && (
            <QuietLink to="/van-buiten" iconAfter="forward">
              {t("outsideOwn.all.link")}
            </QuietLink>
          )}
          <QuietLink to="/overstap" iconAfter="forward">
            {t("transfer.settings")}
          </QuietLink>
        </section>
      )}
      {me.pupil && (
        <section className="tp-card tp-stack" aria-labelledby="takeaway">
          <h2 id="takeaway">{t("settings.takeaway")}</h2>
          <QuietLink to="/alles-meenemen" iconAfter="forward">
            {t("settings.takeawayHint")}
          </QuietLink>
        </section>
      )}
      <section className="tp-card tp-stack" aria-labelledby="data">
        <h2 id="data">{t("privacy.title")}</h2>
        <QuietLink to="/mijn-gegevens" iconAfter="forward">
          {t("privacy.link")}
        </QuietLink>
      </section>
      {me.hasPassword && <Password />}
      <Sessions unsaved={unsaved} />
      {(me.isGuardian || me.roles.length > 0) && (
        <section className="tp-card tp-stack" aria-labelledby="factors">
          <h2 id="factors">{t("settings.factors")}</h2>
          <QuietLink to="/ik/extra-beveiliging" iconAfter="forward">
            {t("settings.factorsHint")}
          </QuietLink>
        </section>
      )}
      {me.pupil && (
        <>
          <PutAway state="archived" title={t("settings.putAway")} empty={t("settings.putAwayNone")} />
          <PutAway
            state="trashed"
            title={t("settings.trash")}
            empty={t("settings.trashNone")}
            hint={t("settings.trashHint")}
          />
        </>
      )}
    </div>
  );
}

const TEXT_VERSION = 1;

/** From 16 on the pupil decides whether home looks along. */
function HomeSharing({ pupilId, on }: { pupilId: string; on: boolean }) {
  const t = useT();
  const answer = useAnswerConsent(pupilId);
  const toast = useToast();
  const save = (choice: "on" | "off") =>
    answer.mutate(
      { purpose: "home_sharing", version: TEXT_VERSION, answer: choice === "on" ? "yes" : "no" },
      {
        onSuccess: () => toast({ text: t(`settings.homeSaved.${choice}`) }),
        onError: () => toast({ text: t("settings.failed") }),
      },
    );
  return (
    <section className="tp-card tp-stack">
      <ChoiceGrid
        label={t("settings.home")}
        list
        options={[
          { value: "on", label: t("settings.homeOn") },
          { value: "off", label: t("settings.homeOff") },
        ]}
        value={on ? "on" : "off"}
        onChange={save}
      />
      <p className="tp-small tp-soft">{t("settings.homeHint")}</p>
    </section>
  );
}
