import { LoadingOutlined } from '@ant-design/icons';
import { Button, type ButtonProps } from 'antd';
import type { RefAttributes } from 'react';

type Props = Omit<ButtonProps, 'loading'> &
  RefAttributes<HTMLButtonElement> & {
    /** What the button began is under way: it turns a sign, and takes no other press. */
    isWorking: boolean;
  };

/**
 * A button that says while it works. The sign is given, never antd's own: that one leaves by a transition, and stays for good where the
 * browser does not tell the transition's end.
 */
export function WorkingButton({ isWorking, ...props }: Props) {
  return <Button {...props} loading={isWorking && { icon: <LoadingOutlined aria-hidden /> }} />;
}
