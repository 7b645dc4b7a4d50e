// SPDX-License-Identifier: GPL-3.0-or-later
// Subcommands about the flow of cases: histories of other systems come in, figures go out.
#pragma once

#include "app/command.h"

int flow_command_bpic2013(struct call *c);
int flow_command_servicenow(struct call *c);
int flow_command_helpdesk(struct call *c);
int flow_command_report(struct call *c);
int flow_command_xes(struct call *c);
