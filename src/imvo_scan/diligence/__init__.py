"""What is done about the findings: the improvement plan and the company's own six steps."""

from imvo_scan.diligence.plan import Plan, SitePlan, Task, plan_of
from imvo_scan.diligence.six_steps import SixSteps, Step, six_steps

__all__ = ["Plan", "SitePlan", "SixSteps", "Step", "Task", "plan_of", "six_steps"]
