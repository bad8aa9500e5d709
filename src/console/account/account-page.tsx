import { Button, Checkbox, NativeSelect, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { useLanguage, useWords } from "../client/language.tsx";
import { useSession } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { DoneNote, RefusalNote } from "../parts/notes.tsx";
import { useWorking } from "../parts/working.ts";
import { Enrol } from "../sign-in/enrol.tsx";
import { Readings } from "./readings.tsx";
import { Sessions } from "./sessions.tsx";

/** The own account: who one is, where one is signed in, password, second factor, what one has read. */
export function AccountPage() {
  const { words, times } = useLanguage();
  const { account, shell } = words;
  const { me } = useSession();
  return (
    <>
      <h1>{account.title}</h1>
      <div className="columns">
        <section className="card">
          <h2>{account.who}</h2>
          <dl>
            <div className="fact">
              <dt>{account.name}</dt>
              <dd>{me.name}</dd>
            </div>
            <div className="fact">
              <dt>{account.role}</dt>
              <dd>{shell.roles[me.role]}</dd>
            </div>
            {me.role === "station" ? (
              <div className="fact">
                <dt>{account.stations}</dt>
                <dd>{me.stations.join(", ")}</dd>
              </div>
            ) : null}
          </dl>
          <p className="small">{account.until(times.moment(me.endsAt))}</p>
        </section>
        <Preferences />
        <Factor />
        <Password />
      </div>
      <Sessions />
      <Readings />
    </>
  );
}

function Preferences() {
  const { account } = useWords();
  const { me, call, renew } = useSession();
  const [isSaved, setSaved] = useState(false);
  const { run, error } = useWorking();
  const { rowHeight, singleKeys } = me.preferences;
  const save = async (body: { rowHeight?: typeof rowHeight; singleKeys?: boolean }) => {
    setSaved(false);
    setSaved(
      await run(async () => {
        await call("PATCH /me/preferences", { body });
        await renew();
      }),
    );
  };
  return (
    <section className="card stack">
      <h2>{account.look}</h2>
      <NativeSelect
        label={account.rowHeight}
        value={rowHeight}
        data={[
          { value: "compact", label: account.compact },
          { value: "comfortable", label: account.comfortable },
        ]}
        onChange={(event) => void save({ rowHeight: event.currentTarget.value as typeof rowHeight })}
      />
      <Checkbox
        label={account.singleKeys}
        checked={singleKeys}
        onChange={(event) => void save({ singleKeys: event.currentTarget.checked })}
      />
      <RefusalNote error={error} />
      {isSaved ? <DoneNote text={account.saved} /> : null}
    </section>
  );
}

function Factor() {
  const { account } = useWords();
  const { me, call, renew } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card stack">
      <h2>{account.factor}</h2>
      <p>{me.hasSecondFactor ? account.hasFactor : account.hasNoFactor}</p>
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {me.hasSecondFactor ? account.renew : account.setUp}
        </Button>
      </div>
      {isOpen ? (
        <Dialog title={account.factor} onClose={() => setOpen(false)}>
          <Enrol
            call={call}
            onDone={() => {
              setOpen(false);
              void renew();
            }}
          />
        </Dialog>
      ) : null}
    </section>
  );
}

function Password() {
  const { account } = useWords();
  const { call } = useSession();
  const [password, setPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [isChanged, setChanged] = useState(false);
  const { run, isBusy, error } = useWorking();
  const change = async () => {
    const went = await run(async () => {
      await call("POST /me/password", { body: { password, newPassword } });
    });
    setChanged(went);
    if (!went) return;
    setPassword("");
    setNewPassword("");
  };
  return (
    <section className="card">
      <h2>{account.password}</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <PasswordInput
          label={account.oldPassword}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
        />
        <PasswordInput
          label={account.newPassword}
          value={newPassword}
          onChange={(event) => setNewPassword(event.currentTarget.value)}
          autoComplete="new-password"
          minLength={10}
          required
        />
        <RefusalNote error={error} />
        {isChanged ? <DoneNote text={account.changed} /> : null}
        <div>
          <Button type="submit" variant="default" loading={isBusy}>
            {account.change}
          </Button>
        </div>
      </form>
    </section>
  );
}
