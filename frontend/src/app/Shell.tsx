import { type ReactNode, useRef } from "react";
import { useT } from "~/i18n";
import type { Audience } from "~/routing";
import type { Me } from "~/session";
import { useUnread } from "~/session/notices";
import { Bell, Erbij, Facts, Icon, TabBar, TopBar } from "~/ui";
import { groupName } from "~/ui/groupName";
import { useArrival } from "./arrival";
import { placesFor } from "./navigation";
import { useOnline } from "./online";
import { useUpdates } from "./update";

interface ShellProps {
  me: Me | null;
  audiences: readonly Audience[];
  bare: boolean;
  children: ReactNode;
}

/** The bars around a screen: tabs on a phone, a bar on a desk; staff keep the bar on both. */
export function Shell({ me, audiences, bare, children }: ShellProps) {
  const t = useT();
  const main = useRef<HTMLElement>(null);
  useArrival(main);
  useUpdates();
  const places = placesFor(audiences, t);
  const bars = me && !bare;
  const unread = useUnread(me !== null);
  const isPupil = audiences.includes("pupil");
  return (
    <div className={isPupil || audiences.includes("guardian") ? "tp-shell tp-shell--tabs" : "tp-shell"}>
      <a className="tp-skip" href="#main">
        {t("app.skip")}
      </a>
      <div>
        {bars && (
          <TopBar
            items={places}
            person={{ id: me.id, name: me.name, role: roleInWords(me, t), to: "/ik" }}
            action={isPupil ? <Erbij small to="/erbij" /> : undefined}
            bell={<Bell unread={unread} />}
          />
        )}
        <OfflineBanner />
      </div>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      {bars && <TabBar items={places} />}
    </div>
  );
}

function roleInWords(me: Me, t: ReturnType<typeof useT>): ReactNode {
  if (me.pupil) return <Facts of={[me.pupil.group && groupName(me.pupil.group, t), me.pupil.school?.name]} />;
  const [first] = me.roles;
  if (first) return <Facts of={[t(`role.${first.role}`), first.school?.name]} />;
  return me.isGuardian ? t("role.guardian") : "";
}

function OfflineBanner() {
  const t = useT();
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <div className="tp-banner">
          <Icon name="no-network" />
          {t("app.offline")}
        </div>
      )}
    </div>
  );
}
