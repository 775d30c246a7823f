import { SetUpFailure } from "../../../toolchain/failure";
import { requireUserName } from "../../../toolchain/user-name";

test("a user id without a name is refused, with the line that gives it one", () => {
  const unknown = () => {
    throw new Error("A system error occurred: uv_os_get_passwd returned ENOENT");
  };
  expect(() => requireUserName(12345, unknown)).toThrow(SetUpFailure);
  expect(() => requireUserName(12345, unknown)).toThrow(
    'no name for user id 12345, and Hadoop\'s Java client needs one: add the line "lake:x:12345:0:lake:/tmp:/bin/sh"',
  );
});

test("whoever runs this has a name", () => {
  expect(() => requireUserName(process.getuid?.())).not.toThrow();
});
