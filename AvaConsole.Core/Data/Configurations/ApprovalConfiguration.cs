using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ApprovalConfiguration : IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<Approval> builder)
    {
        builder.ToTable("approvals");
        builder.HasOne<ChangePlan>().WithMany(plan => plan.Approvals).HasForeignKey(approval => approval.PlanId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(approval => approval.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
